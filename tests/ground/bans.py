"""Reads a module's syntax tree for what no module may do: run data, reach out, or show data as markup.

Each ban is one function from a node to a reason or None. Not here: which files are read (`test_bans`), and
the floors, which are contracts in pyproject.toml.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

SAFE_TEXT = "timeline_app/qt/safe_text.py"
PLOTTING = ("timeline_app/qt/canvas.py", "timeline_app/qt/axis.py")

# Formats that run what they read or expand without bound; everything in Qt that can speak to a network.
IMPORTS = re.compile(
    r"^(pickle|_pickle|cPickle|joblib|dill|cloudpickle|shelve|marshal|dbm|yaml|xml|lxml|imp|code|codeop"
    r"|urllib\.(request|error)|socket|ssl|http|asyncio|webbrowser|pyqtgraph\.(configfile|console|flowchart|multiprocess)"
    r"|PySide6\.Qt(Network|WebEngine|WebSockets|WebChannel|WebView|Qml|Quick|RemoteObjects|HttpServer)\w*)(\.|$)"
)
BUILTINS = {"eval", "exec", "compile", "__import__"}
METHODS = {"eval", "read_pickle", "to_pickle", "read_xml"}
SHELLS = {"os.system", "os.popen"}

# Widgets that guess whether a text is markup, and methods that take markup.
GUESSING = set(
    "QLabel QMessageBox QErrorMessage QProgressDialog QInputDialog QWizard QWizardPage QTextEdit QTextBrowser"
    " QTextDocument QGraphicsTextItem QStaticText QToolTip QWhatsThis QSplashScreen".split()
)
MARKUP = set(
    "setToolTip setWhatsThis setHtml insertHtml appendHtml setMarkdown insertMarkdown setTextFormat"
    " setInformativeText setDetailedText setLabelText".split()
)
PLOT_MARKUP = {"setTitle", "setLabel", "setLabels", "addLegend"}

# Methods and widgets that show their first text to a person: a catalogue's work, never a literal's.
SHOWING = set(
    "setText setWindowTitle setPlaceholderText setTitle setStatusTip showMessage setAccessibleName"
    " setAccessibleDescription addAction addMenu addTab addItem addSection addRow setPlainText QAction"
    " QPushButton QToolButton QCheckBox QRadioButton QGroupBox QMenu QDockWidget QLineEdit QListWidgetItem"
    " QTableWidgetItem plain_label tip message".split()
)


def called(node: ast.AST) -> str:
    """The last name of what is called: `b` for `a.b(...)`; empty if the node is no call of a name."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "attr", None) or getattr(node.func, "id", "")


def owner(node: ast.AST) -> str:
    """What a method is called on: `a` for `a.b(...)` and for `x.a.b(...)`; empty otherwise."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return ""
    return getattr(node.func.value, "attr", None) or getattr(node.func.value, "id", "")


def imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom) and not node.level:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def unsafe_import(node: ast.AST) -> str | None:
    return next((f"imports {name}" for name in imported(node) if IMPORTS.match(name)), None)


def runs_data(node: ast.AST) -> str | None:
    """eval and its kin, also as methods of pandas; a shell; numpy's and pandas's pickles."""
    if isinstance(node, ast.keyword) and node.arg in ("allow_pickle", "shell"):
        return f"passes {node.arg}="
    name = called(node)
    as_method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    if name in (METHODS if as_method else BUILTINS) or f"{owner(node)}.{name}" in SHELLS:
        return f"calls {name}"
    return None


def shows_markup(node: ast.AST) -> str | None:
    """A widget that guesses, made, subclassed or asked by name; a method that takes markup."""
    if isinstance(node, ast.ClassDef):
        bases = {getattr(base, "attr", None) or getattr(base, "id", "") for base in node.bases}
        return next((f"subclasses {name}" for name in sorted(bases & GUESSING)), None)
    if called(node) in GUESSING | MARKUP:
        return f"calls {called(node)}"
    if owner(node) in GUESSING:
        return f"calls {owner(node)}.{called(node)}"
    return None


def plots_markup(node: ast.AST) -> str | None:
    """pyqtgraph's titles, labels, legend names and html items, which are all rich text."""
    if called(node) in PLOT_MARKUP:
        return f"calls {called(node)}"
    if isinstance(node, ast.Call):
        named = {keyword.arg for keyword in node.keywords} & {"name", "html", "title", "labels"}
        return next((f"passes {name}= to {called(node)}" for name in sorted(named)), None)
    return None


def has_letters(node: ast.AST) -> bool:
    """True for a literal, or an f-string with a literal part, in which a person would read a word."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    literals = [p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str)]
    return any(letter.isalpha() for text in literals for letter in text)


def shows_a_literal(node: ast.AST) -> str | None:
    """A word in the code where a person reads it; the key in `image.setText(key, text)` is read by no one."""
    if called(node) not in SHOWING:
        return None
    shown = node.args[-1:] if called(node) == "setText" else node.args
    return f"shows a literal through {called(node)}" if any(map(has_letters, shown)) else None


def bans(name: str) -> list:
    """The bans that hold in the module of that name."""
    held = [unsafe_import, runs_data, shows_a_literal]
    if name != SAFE_TEXT:
        held.append(shows_markup)
    if name in PLOTTING:
        held.append(plots_markup)
    return held


def broken(name: str, module: ast.Module) -> list[str]:
    """Every broken ban as `name:line reason`."""
    return [
        f"{name}:{getattr(node, 'lineno', 0)} {reason}"
        for node in ast.walk(module)
        for ban in bans(name)
        if (reason := ban(node))
    ]

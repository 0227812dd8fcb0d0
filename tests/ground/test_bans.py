"""No module of the app runs data, reaches out or shows data as markup; and the bans see it when one does."""

from __future__ import annotations

import ast
import sys

import pytest

from ground import bans, tree

OFFENCES = [
    "import pickle",
    "from shelve import open",
    "import xml.etree.ElementTree",
    "from urllib import request",
    "import urllib.request",
    "from PySide6 import QtNetwork",
    "from PySide6.QtWebEngineWidgets import QWebEngineView",
    "from pyqtgraph import configfile",
    "eval(text)",
    "exec(text)",
    "compile(text, '', 'eval')",
    "frame.eval(text)",
    "pandas.read_pickle(path)",
    "numpy.load(path, allow_pickle=True)",
    "subprocess.run(line, shell=True)",
    "os.system(line)",
    "QLabel(text)",
    "QtWidgets.QLabel(text)",
    "class Title(QLabel): pass",
    "class Pane(QtWidgets.QTextBrowser): pass",
    "widget.setToolTip(text)",
    "QToolTip.showText(place, text)",
    "QMessageBox.warning(parent, title, text)",
    "QtWidgets.QMessageBox.critical(parent, title, text)",
    "document.setHtml(text)",
    "view.setMarkdown(text)",
    "painter.drawStaticText(0, 0, QStaticText(text))",
    "button.setText('Open')",
    "window.setWindowTitle(f'{title} - Timeline')",
    "menu.addAction('Copy')",
    "QPushButton('Next')",
]
PLOT_OFFENCES = [
    "plot.setTitle(text)",
    "axis.setLabel(text)",
    "plot.plot(x, y, name=text)",
    "pg.TextItem(html=text)",
]
INNOCENT = [
    "from urllib.parse import urlsplit",
    "re.compile(pattern)",
    "platform.system()",
    "application.exec()",
    "json.loads(text)",
    "label.setText(texts.get('detail.sources'))",
    "button.setText('+')",
    "writer.setTitle(title)",
    "image.setText('Title', title)",
    "from PySide6.QtWidgets import QLabel",
    "def paint(label: QLabel) -> None: ...",
]


@pytest.mark.parametrize("source", OFFENCES)
def test_that_an_offence_in_a_module_is_seen(source):
    assert bans.broken("timeline_app/qt/detail_pane.py", ast.parse(source))


@pytest.mark.parametrize("source", PLOT_OFFENCES)
def test_that_rich_text_handed_to_pyqtgraph_is_seen(source):
    assert bans.broken("timeline_app/qt/canvas.py", ast.parse(source))


@pytest.mark.parametrize("source", INNOCENT)
def test_that_an_innocent_line_is_left_alone(source):
    assert bans.broken("timeline_app/qt/detail_pane.py", ast.parse(source)) == []


def test_that_no_module_breaks_a_ban():
    assert [line for p in tree.package_modules() for line in bans.broken(tree.name(p), tree.parsed(p))] == []


def test_that_base_domain_and_the_watchdog_import_nothing_but_the_standard_library():
    foreign = []
    for path in tree.package_modules():
        if path.relative_to(tree.PACKAGE).parts[0] not in ("base", "domain", "supervise.py", "last_words.py"):
            continue
        names = {n.split(".")[0] for node in ast.walk(tree.parsed(path)) for n in bans.imported(node)}
        names -= sys.stdlib_module_names | {"timeline_app"}
        foreign += [f"{tree.name(path)} {name}" for name in sorted(names)]
    assert foreign == []

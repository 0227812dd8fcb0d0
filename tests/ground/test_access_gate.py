"""A gate for everybody who adds a widget: words go through `safe_text`, and what is painted by hand has a name.

That no module makes labels, message boxes or tool tips by itself is held by `bans` (`test_bans`); here is the rest.
"""
from __future__ import annotations

import ast

from ground import bans, tree

PACKAGE = "timeline_app"
# Painted by hand and named by who makes them, or no place where anybody can be.
NAMED_ELSEWHERE = {"DetailPage": "detail_pane.py", "KeyCaps": "key_list.py", "RowList": "chooser.py"}
NOBODY_IS_THERE = {"_Veil"}
LIVE = {"QLabel", "QMessageBox", "setToolTip", "QToolTip", "setWhatsThis"}


def classes(path) -> list[ast.ClassDef]:
    return [one for one in ast.walk(tree.parsed(path)) if isinstance(one, ast.ClassDef)]


def paints(found: ast.ClassDef) -> bool:
    return any(isinstance(one, ast.FunctionDef) and one.name == "paintEvent" for one in found.body)


def names(node: ast.AST, what: str = "") -> bool:
    """Whether some code names a widget through `safe_text.name`: itself (`self`), or anything."""
    calls = (one for one in ast.walk(node) if isinstance(one, ast.Call) and ast.unparse(one.func) == "safe_text.name")
    return any(not what or ast.unparse(one.args[0]) == what for one in calls)


def modules() -> list:
    return [path for path in tree.package_modules() if "qt" in path.parts or "shells" in path.parts]


def test_that_every_widget_that_paints_itself_has_a_name():
    found = {one.name: path for path in modules() for one in classes(path) if paints(one)}
    unnamed = [name for name, path in found.items()
               if name not in NOBODY_IS_THERE and name not in NAMED_ELSEWHERE
               and not any(names(one, "self") for one in classes(path) if one.name == name)]
    assert unnamed == [] and len(found) > 8


def test_that_those_named_elsewhere_are():
    places = {path.name: path for path in modules()}
    assert [name for name, file in NAMED_ELSEWHERE.items() if not names(tree.parsed(places[file]))] == []


def test_that_words_for_people_go_through_our_own_door():
    """The calls that Qt would read as markup are made in `safe_text` alone."""
    outside = [f"{tree.name(path)}:{node.lineno}" for path in modules() if tree.name(path) != bans.SAFE_TEXT
               for node in ast.walk(tree.parsed(path)) if bans.called(node) in LIVE or bans.owner(node) in LIVE]
    assert outside == []


def test_that_names_and_descriptions_are_put_by_one_function():
    """`safe_text.name` cuts and cleans; a name that is put past it may freeze or mislead a screen reader."""
    outside = {f"{tree.name(path)}:{node.lineno}" for path in modules() if tree.name(path) != bans.SAFE_TEXT
               for node in ast.walk(tree.parsed(path)) if bans.called(node) == "setAccessibleName"}
    assert outside == set()


def test_that_the_gate_sees_a_widget_without_a_name():
    bad = ast.parse("class Bad(QWidget):\n    def paintEvent(self, e):\n        pass\n").body[0]
    good = ast.parse("class Good(QWidget):\n    def __init__(self):\n        safe_text.name(self, 'x')\n"
                     "    def paintEvent(self, e):\n        pass\n").body[0]
    assert paints(bad) and not names(bad, "self") and paints(good) and names(good, "self")

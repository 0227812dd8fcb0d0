"""The house style that a machine can hold: sizes, opening docstrings, nothing left unfinished."""

from __future__ import annotations

import ast
import re

from ground import tree

MOST_LINES = 400
MOST_FUNCTION_LINES = 35
MOST_ARGUMENTS = 5
# In pieces, so that this file does not contain what it looks for.
MARKS = [r"\bTO" + r"DO\b", r"\bFIX" + r"ME\b", r"\bX" + r"XX\b", "raise Not" + "Implemented"]
LEFT_OUT = r"pytest\.(mark\.)?" + "(skip|xfail)"
UNFINISHED = re.compile("|".join([*MARKS, LEFT_OUT]))


def functions(path):
    for node in ast.walk(tree.parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def arguments(function):
    named = [*function.args.posonlyargs, *function.args.args]
    own = named[1:] if named and named[0].arg in ("self", "cls") else named
    return len(own) + len(function.args.kwonlyargs)


def test_that_no_module_is_longer_than_400_lines():
    lengths = {tree.name(p): len(p.read_text(encoding="utf-8").splitlines()) for p in tree.modules()}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_that_every_module_opens_with_a_docstring_that_says_what_it_is():
    silent = []
    for path in tree.modules():
        module = tree.parsed(path)
        if not (ast.get_docstring(module) or "").strip() or module.body[0].lineno > 2:
            silent.append(tree.name(path))
    assert silent == []


def test_that_no_function_of_the_app_is_longer_than_35_lines():
    long = [
        f"{tree.name(path)}:{f.lineno} {f.name} {f.end_lineno - f.lineno + 1}"
        for path in tree.package_modules()
        for f in functions(path)
        if f.end_lineno - f.lineno + 1 > MOST_FUNCTION_LINES
    ]
    assert long == []


def test_that_no_function_of_the_app_takes_more_than_5_arguments():
    wide = [
        f"{tree.name(path)}:{f.lineno} {f.name} {arguments(f)}"
        for path in tree.package_modules()
        for f in functions(path)
        if arguments(f) > MOST_ARGUMENTS
    ]
    assert wide == []


def test_that_nothing_is_marked_as_unfinished():
    marked = [
        f"{tree.name(path)}:{number}"
        for path in tree.modules()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert marked == []

"""Walks a window over AT-SPI as a screen reader does, and does what it is told on standard input. Run by the Python of
the system, which has the bindings of AT-SPI; it knows nothing of the app.

Each line is a JSON list: ["walk"], or ["press", name, ...] with the names from the timeline down. Answers are JSON.
"""
from __future__ import annotations

import json
import sys
import time
import warnings

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

warnings.simplefilter("ignore")
PATIENCE_S = 30.0


def node(of, most: int = 1_000) -> dict[str, object]:
    """A node with everything below it."""
    count = of.get_child_count()
    below = [of.get_child_at_index(number) for number in range(min(count, most))]
    states = of.get_state_set()
    actions = of.get_action_iface()
    return {"role": of.get_role_name(), "name": of.get_name(), "description": of.get_description(), "count": count,
            "selected": states.contains(Atspi.StateType.SELECTED), "focused": states.contains(Atspi.StateType.FOCUSED),
            "focusable": states.contains(Atspi.StateType.FOCUSABLE),
            "actions": actions.get_n_actions() if actions else 0,
            "children": [node(one) for one in below if one is not None]}


def found(at, test):
    """The first node below that passes a test."""
    if test(at):
        return at
    for number in range(min(at.get_child_count(), 1_000)):
        child = at.get_child_at_index(number)
        inside = found(child, test) if child is not None else None
        if inside is not None:
            return inside
    return None


def application():
    """The first application on the desktop, as soon as there is one with a window."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE_S:
        desktop = Atspi.get_desktop(0)
        for number in range(desktop.get_child_count()):
            one = desktop.get_child_at_index(number)
            if one is not None and one.get_child_count():
                return one
        time.sleep(0.05)
    raise SystemExit("no application came")


def answer(app, order: list[str]) -> object:
    """Do what a line asks for."""
    app.clear_cache()
    if order[0] == "walk":
        began = time.monotonic()
        walked = node(app)
        return {"tree": walked, "seconds": time.monotonic() - began}
    at = found(app, lambda one: one.get_role_name() == "list" and one.get_name() == order[1])
    for name in order[2:]:
        at = found(at, lambda one, name=name: one.get_name().startswith(name))
    return at.get_action_iface().do_action(0)


def main() -> None:
    """Answer line by line."""
    Atspi.init()
    app = application()
    for line in sys.stdin:
        print(json.dumps(answer(app, json.loads(line))), flush=True)


main()

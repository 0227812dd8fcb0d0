"""The command `kiosk` and what its staff do beside it: the number of the door, updates, counts, the doctor. Arguments
in, one call out, like `cli`.
"""
from __future__ import annotations

import argparse
import getpass
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

from timeline_app.base.log import visible
from timeline_app.base.problems import UserError
from timeline_app.base.text import Texts

TASKS = ("doctor", "pin", "update", "rollback", "counts")
SCREENS = ("attract", "home", "card", "know", "closer", "play", "played", "countdown", "pin", "staff", "safe")
LEAST_S, MOST_S = 10, 600
_MM = re.compile(r"([0-9]{2,5})[x×]([0-9]{2,5})")
Say = Callable[[str], str]


def add_options(command: argparse.ArgumentParser, snapshot: argparse.ArgumentParser, say: Say) -> None:
    """The options of `kiosk`, and those of `snapshot` for its screens."""
    command.add_argument("more", nargs="*", metavar="MORE", help=say("cli.kiosk_more"))
    command.add_argument("--story", metavar="NAME", help=say("cli.story"))
    command.add_argument("--quiet", type=_seconds, metavar="SECONDS", help=say("cli.quiet"))
    command.add_argument("--count", type=_seconds, metavar="SECONDS", help=say("cli.count"))
    command.add_argument("--screen", metavar="NAME", help=say("cli.screen"))
    command.add_argument("--still", action="store_true", help=say("cli.still"))
    command.add_argument("--windowed", action="store_true", help=say("cli.kiosk_windowed"))
    command.add_argument("-o", "--output", metavar="FILE", help=say("cli.counts_output"))
    for one in (command, snapshot):
        one.add_argument("--screen-mm", type=_millimetres, metavar="WxH", help=say("cli.screen_mm"))
        one.add_argument("--text-percent", type=int, choices=(100, 150, 200), help=say("cli.text_percent"))
    snapshot.add_argument("--kiosk", choices=SCREENS, help=say("cli.kiosk_screen"))
    snapshot.add_argument("--moment", metavar="ID", help=say("cli.moment"))


def _seconds(text: str) -> int:
    number = int(text) if re.fullmatch(r"[0-9]{1,4}", text) else 0
    if not LEAST_S <= number <= MOST_S:
        raise argparse.ArgumentTypeError(f"{text!r} is not between {LEAST_S} and {MOST_S}")
    return number


def _millimetres(text: str) -> tuple[float, float]:
    match = _MM.fullmatch(text)
    if match is None or not int(match[1]) or not int(match[2]):
        raise argparse.ArgumentTypeError(f"{text!r} is not like 1210x680")
    return float(match[1]), float(match[2])


def run(options: argparse.Namespace, texts: Texts) -> int:
    """`kiosk PATH`, or one of the tasks of the staff, which are named instead of a path."""
    if options.path in TASKS:
        return _TASKS[options.path](options, texts)
    if options.more:
        raise UserError("kiosk_needs", task="kiosk", what="PATH")
    from timeline_app.app import kiosk

    names = ("story", "language", "theme", "quiet", "count", "screen", "screen_mm", "text_percent", "still", "windowed",
             "show_masked")
    return kiosk(options.path, {name: getattr(options, name) for name in names})


def _given(options: argparse.Namespace, *names: str) -> list[str]:
    """What a task was given, one word for each name; UserError where something is missing or too much."""
    if len(options.more) != len(names):
        raise UserError("kiosk_needs", task=f"kiosk {options.path}", what=" ".join(names) or "–")
    return options.more


def _place() -> Path:
    from timeline_app.engine import kiosk_place

    place = kiosk_place.place_of(os.environ)
    if place is None:
        raise UserError("kiosk_no_place")
    return place


def _doctor(options: argparse.Namespace, texts: Texts) -> int:
    from timeline_app.engine import kiosk_doctor, kiosk_place

    path = options.more[0] if options.more else "june-2020"
    findings = kiosk_doctor.examine(path, kiosk_place.place_of(os.environ))
    print("\n".join(visible(line) for line in kiosk_doctor.lines(findings, texts)))
    return 1 if any(one.level == "bad" for one in findings) else 0


def _pin(options: argparse.Namespace, texts: Texts) -> int:
    from timeline_app.engine import staff_pin

    _given(options)
    place = _place()
    first, second = (_asked(texts.get(key)) for key in ("kiosk_command.pin", "kiosk_command.pin_again"))
    if first != second:
        raise UserError("pins_differ")
    staff_pin.set_pin(place, first)
    print(texts.get("kiosk_command.pin_set"), file=sys.stderr)
    return 0


def _asked(words: str) -> str:
    """A number that is not shown while it is typed; a line where nobody types."""
    return getpass.getpass(f"{words} ") if sys.stdin.isatty() else sys.stdin.readline().strip()


def _update(options: argparse.Namespace, texts: Texts) -> int:
    from timeline_app.engine import shelf
    from timeline_app.exhibit import look

    bundle, place = map(Path, _given(options, "BUNDLE", "SHELF"))
    placed = shelf.put(bundle, place, look)
    print(visible(texts.get("kiosk_command.updated", name=placed.path.name)), file=sys.stderr)
    return 0


def _rollback(options: argparse.Namespace, texts: Texts) -> int:
    from timeline_app.engine import shelf

    (place,) = _given(options, "SHELF")
    print(visible(texts.get("kiosk_command.rolled_back", name=shelf.roll_back(Path(place)).name)), file=sys.stderr)
    return 0


def _counts(options: argparse.Namespace, texts: Texts) -> int:
    from timeline_app.engine.visits import Visits

    _given(options)
    if not options.output:
        raise UserError("kiosk_needs", task="kiosk counts", what="-o FILE")
    Visits(_place()).export_csv(Path(options.output))
    print(visible(texts.get("kiosk_command.counts", name=options.output)), file=sys.stderr)
    return 0


_TASKS: dict[str, Callable[[argparse.Namespace, Texts], int]] = {
    "doctor": _doctor, "pin": _pin, "update": _update, "rollback": _rollback, "counts": _counts}

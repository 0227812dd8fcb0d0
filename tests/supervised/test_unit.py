"""The unit for systemd and the guide for staff say what the supervisor does, in both languages."""

from __future__ import annotations

import re
import shlex

from ground import tree
from timeline_app import cli, supervise

UNIT = (tree.ROOT / "resources" / "kiosk" / "timeline-kiosk.service").read_text(encoding="utf-8")
GUIDE = (tree.ROOT / "docs" / "KIOSK.md").read_text(encoding="utf-8")
ENGLISH, KOREAN = GUIDE.split("\n## 키오스크", 1)


def setting(name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", UNIT, re.MULTILINE)


def test_that_systemd_watches_the_supervisor_and_hears_what_it_starts():
    assert setting("WatchdogSec") == ["30"]
    assert setting("NotifyAccess") == ["all"]
    assert setting("PAMName") == []  # a login session is outside the unit, and is not heard


def test_that_the_unit_starts_cage_without_other_consoles_and_a_supervisor_that_takes_its_options():
    compositor, supervisor, app = " ".join(setting("ExecStart")).split(" -- ")
    assert "-s" not in shlex.split(compositor)
    words = shlex.split(supervisor)
    assert words[:4] == [".venv/bin/python", "-P", "-m", "timeline_app.supervise"]
    asked = supervise.parser().parse_args([*words[4:], "--", *shlex.split(app)])
    assert asked.command == [".venv/bin/python", "-P", "-m", "timeline_app", "kiosk", "exhibit.zip"]


def test_that_a_second_supervisor_is_not_started_again_and_an_end_by_staff_stays_one():
    assert setting("RestartPreventExitStatus") == [str(supervise.ALREADY_RUNNING)]
    assert setting("Restart") == ["on-failure"]


def test_that_systemd_leaves_the_time_to_end_cleanly():
    limits = supervise.Limits()
    assert limits.goodbye < 3 < float(setting("TimeoutStopSec")[0])


def test_that_unit_and_guide_say_that_the_command_is_not_there_as_long_as_it_is_not():
    is_there = "kiosk" in cli.COMMANDS
    assert ("is not in this version yet" not in UNIT) == is_there
    assert ("is not there yet" not in ENGLISH) == is_there
    assert ("아직 없다" not in KOREAN) == is_there


def test_that_the_guide_explains_every_option_of_the_supervisor():
    options = {name for action in supervise.parser()._actions for name in action.option_strings} - {"-h", "--help"}
    assert options <= set(re.findall(r"`(--[a-z-]+)`", ENGLISH))


def test_that_both_languages_of_the_guide_list_the_same_ways_out_and_commands():
    def commands(text: str) -> set[str]:
        return set(re.findall(r"`((?:systemctl|journalctl|apt|python3|pkill|kernel|Handle|NAuto|Reserve)[^`]*)`", text))

    assert ENGLISH.count("\n|") - KOREAN.count("\n|") == 0
    assert commands(ENGLISH) == commands(KOREAN)

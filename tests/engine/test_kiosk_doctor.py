"""The doctor of a kiosk says what is fine, what is not, and what only the operating system can lock (K20, K21)."""
from __future__ import annotations

import json
import os
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from packages import Package
from timeline_app.base.text import LANGUAGES, catalogue
from timeline_app.engine import build, kiosk_doctor, kiosk_system, shelf, staff_pin
from timeline_app.supervise import HEARTBEAT

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "kiosk" / kiosk_system.UNIT
LOGIND = "[Login]\n#NAutoVTs=6\nNAutoVTs=0\nReserveVT = 0\nHandlePowerKey=ignore\nHandleSuspendKey=ignore\n"
Machine = namedtuple("Machine", "root environment")


def put(root: Path, name: str, text: str) -> Path:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")
    return root / name


def mask(root: Path, unit: str) -> None:
    (root / kiosk_system.UNITS / unit).symlink_to("/dev/null")


@pytest.fixture
def machine(tmp_path) -> Machine:
    """A machine that is set up as the guide says."""
    root = tmp_path / "root"
    unit = put(root, f"{kiosk_system.UNITS}/{kiosk_system.UNIT}", SHIPPED.read_text(encoding="utf-8"))
    wanted = root / kiosk_system.UNITS / "graphical.target.wants" / kiosk_system.UNIT
    wanted.parent.mkdir()
    wanted.symlink_to(unit)
    put(root, "etc/systemd/logind.conf", LOGIND)
    put(root, "etc/systemd/logind.conf.d/lid.conf", "[Login]\nHandleLidSwitch=ignore\n")
    put(root, "etc/systemd/system.conf.d/kiosk.conf", "[Manager]\nCtrlAltDelBurstAction=none\n")
    put(root, "proc/sys/kernel/sysrq", "0\n")
    for one in ("ctrl-alt-del.target", "udisks2.service"):
        mask(root, one)
    put(root, "usr/lib/systemd/system/udisks2.service", "[Unit]\n")
    put(root, "etc/passwd", "root:x:0:0::/root:/bin/sh\nkiosk:x:990:990::/home/kiosk:/bin/sh\n")
    put(root, "etc/group", "root:x:0:\nsudo:x:27:admin\nvideo:x:44:kiosk\nkiosk:x:990:\n")
    put(root, "sys/class/net/lo/operstate", "unknown\n")
    put(root, "sys/class/net/eth0/operstate", "down\n")
    put(root, "usr/bin/cage", "").chmod(0o755)
    return Machine(root, {"PATH": str(root / "usr/bin"), HEARTBEAT: "5"})


@pytest.fixture(scope="module")
def exhibit(tmp_path_factory) -> Path:
    """june-2020 as it stands in a gallery."""
    path = tmp_path_factory.mktemp("exhibit") / "june.zip"
    build.build("june-2020", "kiosk", path, keeps_awaiting=True)
    return path


@pytest.fixture
def state(tmp_path, monkeypatch) -> Path:
    """A folder of state with a PIN, on a disk with room."""
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**12, 0, 10**12))
    staff_pin.set_pin(tmp_path / "state", "582931")
    return tmp_path / "state"


def codes(findings, *levels: str) -> set[str]:
    """The codes of findings, each of which has words."""
    assert all(kiosk_doctor.sentence(one, catalogue(language)) for one in findings for language in LANGUAGES)
    return {one.code for one in findings if not levels or one.level in levels}


def of_system(root: Path) -> dict[str, str]:
    found = tuple(kiosk_system.findings(root))
    assert codes(found)
    return {one.code: one.level for one in found}


def test_that_a_kiosk_set_up_as_the_guide_says_is_fine_but_for_what_no_file_tells(exhibit, state, machine):
    found = kiosk_doctor.examine(exhibit, state, *machine)
    assert codes(found, "bad") == set() and codes(found, "warn") == {"language_awaits"}
    assert codes(found, "system") == {"power_held", "firmware", "plugs"}
    assert codes(found, "fine") == {
        "opens", "built", "story", "moments", "language", "place", "room", "pin_fine", "fonts", "supervised", "cage",
        "unit", "watchdog", "user", "consoles", "keys", "sysrq", "restart", "burst", "sticks", "network"}
    assert kiosk_doctor.status(found) == 0


def test_that_a_machine_that_tells_nothing_is_not_taken_for_fine(exhibit, state, tmp_path):
    found = kiosk_doctor.examine(exhibit, state, tmp_path / "nothing", {})
    assert codes(found, "system") == {
        "power_held", "firmware", "plugs", "consoles_unknown", "keys_unknown", "sysrq_unknown", "restart_unknown",
        "sticks_unknown", "network_unknown", *(["user_unknown"] if os.geteuid() else [])}
    assert codes(found, "warn") >= {"unit_missing", "no_cage", "unsupervised"}
    assert not codes(found, "fine") & {"consoles", "keys", "sysrq", "restart", "burst", "sticks", "network", "user"}


def test_that_a_machine_as_it_comes_is_open(machine):
    root = machine.root
    for name in ("ctrl-alt-del.target", "udisks2.service", "graphical.target.wants/" + kiosk_system.UNIT):
        (root / kiosk_system.UNITS / name).unlink()
    put(root, "etc/systemd/logind.conf", "[Login]\n#NAutoVTs=0\n;ReserveVT=0\nHandlePowerKey=poweroff\n")
    put(root, "etc/systemd/system.conf.d/kiosk.conf", "")
    put(root, "proc/sys/kernel/sysrq", "438\n")
    put(root, "sys/class/net/eth0/operstate", "up\n")
    put(root, "etc/group", "sudo:x:27:admin,kiosk\n")
    found = of_system(root)
    assert {one for one, level in found.items() if level == "warn"} == {
        "unit_disabled", "consoles_open", "keys_open", "sysrq_open", "restart_open", "burst_open", "sticks_open",
        "network_up"}
    assert found["has_sudo"] == "bad"
    told = {one.code: dict(one.args) for one in kiosk_system.findings(root)}
    assert told["consoles_open"]["settings"] == "NAutoVTs=0, ReserveVT=0"
    assert told["keys_open"]["settings"] == "HandlePowerKey=ignore, HandleSuspendKey=ignore"
    assert (told["sysrq_open"]["value"], told["network_up"]["names"]) == ("438", "eth0")


@pytest.mark.parametrize(("command", "is_open"), [
    ("/usr/bin/cage -s -- app", True), ("/usr/bin/cage -ds -- app", True), ("cage -d -m last -s -- app", True),
    ("/usr/bin/cage -d -m last -- app -s", False), ("/usr/bin/cage -mlast -- app", False),
    ("-/usr/bin/cage -d -- app", False), ("/usr/bin/app -s", False), ("", False)])
def test_that_a_cage_that_switches_consoles_is_bad(machine, command, is_open):
    put(machine.root, f"{kiosk_system.UNITS}/{kiosk_system.UNIT}.d/own.conf", f"[Service]\nExecStart={command}\n")
    assert (of_system(machine.root).get("cage_switches") == "bad") == is_open


@pytest.mark.parametrize(("value", "code"), [("30", "watchdog"), ("1min 30s", "watchdog"), ("0", "no_watchdog"),
                                             ("", "no_watchdog"), ("infinity", "no_watchdog")])
def test_that_the_watchdog_of_the_unit_and_of_what_stands_beside_it_counts(machine, value, code):
    put(machine.root, f"{kiosk_system.UNITS}/{kiosk_system.UNIT}.d/own.conf", f"[Service]\nWatchdogSec={value}\n")
    assert code in of_system(machine.root)


@pytest.mark.parametrize(("user", "code"), [("root", "is_root"), ("0", "is_root"), ("", "is_root"), ("990", "user"),
                                            ("admin", "has_sudo"), ("kiosk", "user"), ("boss", "has_sudo")])
def test_that_the_user_of_the_unit_is_an_ordinary_one(machine, user, code):
    put(machine.root, "etc/passwd", "root:x:0:0::/:\nkiosk:x:990:990::/:\nadmin:x:1000:1000::/:\nboss:x:5:27::/:\n")
    put(machine.root, f"{kiosk_system.UNITS}/{kiosk_system.UNIT}.d/own.conf", f"[Service]\nUser={user}\n")
    assert of_system(machine.root)[code] == ("fine" if code == "user" else "bad")


def test_that_without_a_unit_this_process_is_asked(machine, monkeypatch):
    (machine.root / kiosk_system.UNITS / kiosk_system.UNIT).unlink()
    for number, code, level in ((0, "is_root", "warn"), (990, "user", "fine"), (77, "user", "fine")):
        monkeypatch.setattr(os, "geteuid", lambda number=number: number)
        assert of_system(machine.root)[code] == level
    (machine.root / "etc/group").unlink()
    assert of_system(machine.root)["user_unknown"] == "system"


def test_that_a_setting_nearest_to_etc_and_last_by_name_counts(machine):
    root = machine.root
    put(root, "usr/lib/systemd/logind.conf.d/lid.conf", "[Login]\nHandleLidSwitch=suspend\n")
    assert "keys" in of_system(root)  # the one in /etc has the same name and stands in its place
    put(root, "run/systemd/logind.conf.d/zz.conf", "[Login]\nHandleLidSwitch=\n")
    assert "keys_open" in of_system(root)
    (root / "etc/systemd/logind.conf").unlink()
    put(root, "usr/lib/systemd/logind.conf", LOGIND)
    assert "consoles" in of_system(root)


def test_that_a_stick_is_safe_where_nothing_could_mount_it(machine):
    (machine.root / kiosk_system.UNITS / "udisks2.service").unlink()
    assert "sticks_open" in of_system(machine.root)
    (machine.root / "usr/lib/systemd/system/udisks2.service").unlink()
    assert "sticks" in of_system(machine.root)


def test_that_strange_files_of_a_machine_are_borne(machine):
    root = machine.root
    (root / "etc/systemd/logind.conf").unlink()
    (root / "etc/systemd/logind.conf").mkdir()
    (root / "proc/sys/kernel/sysrq").unlink()
    (root / "proc/sys/kernel/sysrq").symlink_to("/dev/zero")
    (root / "etc/passwd").write_bytes(b"\xff\xfe:::\n:\n")
    put(root, f"{kiosk_system.UNITS}/{kiosk_system.UNIT}", "=\n==\nExecStart\n\\\n")
    assert {"consoles_open", "sysrq_unknown", "is_root", "no_watchdog"} <= of_system(root).keys()


# --- The dataset, the state and the app ---


def test_that_a_dataset_that_was_not_built_is_told(state, machine):
    found = kiosk_doctor.examine("june-2020", state, *machine)
    assert "full_dataset" in codes(found, "warn") and "built" not in codes(found)


def test_that_a_shelf_is_looked_at_through_its_pointer(exhibit, package, state, machine, tmp_path):
    place = tmp_path / "shelf"
    build.build("june-2020", "kiosk", tmp_path / "june.zip")
    shelf.put(tmp_path / "june.zip", place)
    found = kiosk_doctor.examine(place, state, *machine)
    assert {"shelf_alone", "built", "language_missing"} <= codes(found)
    build.build(package.write(), "kiosk", tmp_path / "small.zip")
    shelf.put(tmp_path / "small.zip", place)
    assert {"shelf", "no_story"} <= codes(kiosk_doctor.examine(place, state, *machine))
    for one in place.glob("*.zip"):
        one.write_bytes(b"")
    found = kiosk_doctor.examine(place, state, *machine)
    assert codes(found, "bad") == {"refused"} and kiosk_doctor.status(found) == 1
    assert any("no bundle" in line for line in kiosk_doctor.lines(found, catalogue("en")))


def test_that_a_dataset_with_faults_or_none_is_bad(tmp_path, state, machine):
    package = Package(tmp_path / "faulty")
    package.tables["events"][0]["edtf"] = "in June"
    assert codes(kiosk_doctor.examine(package.write(), state, *machine), "bad") == {"errors"}
    assert codes(kiosk_doctor.examine(tmp_path / "none", state, *machine), "bad") == {"refused"}


def test_that_a_story_that_was_made_for_no_kiosk_is_told(tmp_path, state, machine):
    package = Package(tmp_path / "told")
    package.write()
    view = {"start": "2020-05-30", "end": "2020-06-05"}
    words = {"en": "One", "ko": "하나"}
    told = {"id": "s", "title": words, "steps": [{"id": "a", "view": view, "headline": words}]}
    put(package.folder, "stories/s.json", json.dumps(told))
    assert {"story_plain", "moments_other"} <= codes(kiosk_doctor.examine(package.folder, state, *machine), "warn")


def test_that_a_kiosk_without_a_place_or_a_pin_is_told(exhibit, tmp_path, machine, monkeypatch):
    found = kiosk_doctor.examine(exhibit, None, *machine)
    assert codes(found, "warn") >= {"no_place", "pin_none"}
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert "no_place" in codes(kiosk_doctor.examine(exhibit, tmp_path, *machine), "warn")


def test_that_the_state_of_the_pin_is_told(exhibit, state, machine):
    file = state / staff_pin.FILE
    file.chmod(0o644)
    assert "pin_open" in codes(kiosk_doctor.examine(exhibit, state, *machine), "warn")
    file.write_bytes(b"1234")
    assert "pin_damaged" in codes(kiosk_doctor.examine(exhibit, state, *machine), "bad")


def test_that_little_room_is_told_and_the_place_is_not_written_to(exhibit, tmp_path, machine, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(1, 1, kiosk_doctor.ROOM - 1))
    found = kiosk_doctor.examine(exhibit, tmp_path / "not" / "there", *machine)
    assert {"place", "little_room", "pin_none"} <= codes(found) and not (tmp_path / "not").exists()


def test_that_missing_fonts_are_bad_and_those_that_are_loaded_are_looked_for(exhibit, state, machine, monkeypatch):
    from timeline_app.qt import fonts

    assert kiosk_doctor.FONTS == fonts.FILES
    monkeypatch.setattr(kiosk_doctor, "FONTS", ("none.otf",))
    assert "fonts_missing" in codes(kiosk_doctor.examine(exhibit, state, *machine), "bad")


def test_that_who_is_supervised_is_told_by_the_surroundings_or_the_unit(exhibit, state, machine):
    root, environment = machine
    environment.pop(HEARTBEAT)
    assert "supervised" in codes(kiosk_doctor.examine(exhibit, state, root, environment))  # the unit does it
    (root / kiosk_system.UNITS / kiosk_system.UNIT).unlink()
    assert "unsupervised" in codes(kiosk_doctor.examine(exhibit, state, root, environment), "warn")
    environment[HEARTBEAT] = "7"
    assert "supervised" in codes(kiosk_doctor.examine(exhibit, state, root, environment))


# --- Words ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_findings_are_lines_with_the_worst_first_and_an_honest_end(exhibit, machine, language):
    texts = catalogue(language)
    found = kiosk_doctor.examine(exhibit, None, *machine)
    said = kiosk_doctor.lines(found, texts)
    assert len(said) == len(found) + 2 and said[-1] == texts.get("kiosk_doctor.honest")
    assert "docs/KIOSK.md" in said[-1] and "Ctrl+Alt+F1" in said[-1]
    assert not [line for line in said if "{" in line or "@" in line]
    levels = [line.partition(":")[0] for line in said[:-2]]
    ordered = [texts.get(f"kiosk_doctor.level.{one}") for one in kiosk_doctor.LEVELS]
    assert levels == sorted(levels, key=ordered.index)


def test_that_every_code_in_the_code_has_words_and_no_words_are_left_over():
    source = "".join(Path(one.__file__).read_text(encoding="utf-8") for one in (kiosk_doctor, kiosk_system, staff_pin))
    every = sorted(catalogue("en").keys())
    keys = {one.removeprefix("kiosk_doctor.") for one in every if one.startswith("kiosk_doctor.")}
    plain = {one for one in keys if "." not in one and not one.startswith("pin_")} - {"counted", "honest"}
    left = {one for one in plain if f'"{one}"' not in source and f'"{one.removesuffix("_open")}"' not in source}
    assert left == set()
    assert {"pin_none", "pin_fine", "pin_open", "pin_damaged"} <= keys


def test_that_the_first_page_says_what_no_application_can_block():
    page = " ".join((SHIPPED.parents[2] / "README.md").read_text(encoding="utf-8").split())
    assert "no application can block: Ctrl+Alt+Fn and the power key" in page

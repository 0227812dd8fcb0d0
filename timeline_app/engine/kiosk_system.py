"""What the operating system of a kiosk locks, as its files say. They are read; nothing is asked of a program, nothing
needs root, and nothing is changed.

No application can lock these ways out. What a file does not tell is a finding of its own, never taken for fine.
"""
from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from timeline_app.base.problems import UserError
from timeline_app.base.safe_io import MEGABYTE, read_regular

Level = Literal["fine", "warn", "bad", "system"]
Settings = dict[str, str]
UNIT = "timeline-kiosk.service"
UNITS = "etc/systemd/system"
POWERFUL = frozenset({"sudo", "wheel", "admin"})
CONSOLES = {"NAutoVTs": "0", "ReserveVT": "0"}
KEYS = {"HandlePowerKey": "ignore", "HandleSuspendKey": "ignore", "HandleLidSwitch": "ignore"}
_CONFIGURED = ("usr/lib/systemd", "lib/systemd", "usr/local/lib/systemd", "run/systemd", "etc/systemd")  # the last wins


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: whether it is fine, to be looked at, or bad; "system" where only the operating
    system can see to it and it could not be checked. The words are `kiosk_doctor.<code>`."""

    level: Level
    code: str
    args: tuple[tuple[str, str], ...] = ()


def found(level: Level, code: str, **args: object) -> Finding:
    """A finding with its arguments."""
    return Finding(level, code, tuple((name, str(value)) for name, value in args.items()))


def findings(root: Path) -> Iterator[Finding]:
    """Everything that the files below a root tell, and what no file tells."""
    unit = unit_of(root)
    yield from _unit(root, unit)
    yield from _user(root, unit)
    yield from _consoles(root)
    yield from _sysrq(root)
    yield from _restart(root)
    yield from _sticks(root)
    yield from _network(root)
    for code in ("power_held", "firmware", "plugs"):
        yield found("system", code)


def unit_of(root: Path) -> Settings | None:
    """The settings of the unit that is installed, with those beside it; None where none is."""
    place = root / UNITS / UNIT
    text = _text(place)
    if text is None:
        return None
    more = sorted((root / UNITS / f"{UNIT}.d").glob("*.conf"))
    return _settings([text, *(_text(one) or "" for one in more)])


def _unit(root: Path, unit: Settings | None) -> Iterator[Finding]:
    if unit is None:
        yield found("warn", "unit_missing", unit=UNIT)
        return
    is_enabled = any(True for kind in ("wants", "requires") for _ in (root / UNITS).glob(f"*.{kind}/{UNIT}"))
    yield found("fine", "unit") if is_enabled else found("warn", "unit_disabled", unit=UNIT)
    seconds = unit.get("WatchdogSec", "")
    yield found("fine", "watchdog", seconds=seconds) if re.search("[1-9]", seconds) else found("warn", "no_watchdog")
    program, *options = unit.get("ExecStart", "").partition(" -- ")[0].split() or [""]
    if program.endswith("cage") and any(one[:1] == "-" and "s" in one.partition("m")[0] for one in options):
        yield found("bad", "cage_switches")  # -s alone or with others; what follows -m is not its own


def _user(root: Path, unit: Settings | None) -> Iterator[Finding]:
    """Who runs the kiosk: the user of the unit, else of this process, who need not be the one of the kiosk."""
    accounts = [line.split(":") for line in (_text(root / "etc/passwd") or "").splitlines() if line.count(":") >= 3]
    own = str(os.geteuid()) if hasattr(os, "geteuid") else ""
    wanted = unit.get("User") or "root" if unit is not None else own
    name, number, group = next(((one[0], one[2], one[3]) for one in accounts if wanted in (one[0], one[2])),
                               (wanted, wanted, ""))
    level: Level = "warn" if unit is None else "bad"
    if "root" in (name, wanted) or number == "0":
        yield found(level, "is_root")
        return
    lines = [line.split(":") for line in (_text(root / "etc/group") or "").splitlines() if line.count(":") == 3]
    if not lines or not name:
        yield found("system", "user_unknown")
        return
    groups = {one[0] for one in lines if name in one[3].split(",") or one[2] == group}
    held = ", ".join(sorted(groups & POWERFUL))
    yield found(level, "has_sudo", user=name, groups=held) if held else found("fine", "user", user=name)


def _consoles(root: Path) -> Iterator[Finding]:
    if not (root / "etc/systemd").is_dir():
        yield found("system", "consoles_unknown")
        yield found("system", "keys_unknown")
        return
    said = _configured(root, "logind.conf")
    for code, wanted in (("consoles", CONSOLES), ("keys", KEYS)):
        lacking = [f"{name}={value}" for name, value in wanted.items() if said.get(name, "").lower() != value]
        yield found("warn", f"{code}_open", settings=", ".join(lacking)) if lacking else found("fine", code)


def _sysrq(root: Path) -> Iterator[Finding]:
    value = (_text(root / "proc/sys/kernel/sysrq") or "").strip()
    if not value:
        yield found("system", "sysrq_unknown")
    else:
        yield found("fine", "sysrq") if value == "0" else found("warn", "sysrq_open", value=value[:20])


def _restart(root: Path) -> Iterator[Finding]:
    """Ctrl+Alt+Del; pressed seven times within two seconds it is another setting of systemd that counts."""
    if not (root / UNITS).is_dir():
        yield found("system", "restart_unknown")
        return
    is_masked = _is_masked(root, "ctrl-alt-del.target")
    yield found("fine", "restart") if is_masked else found("warn", "restart_open")
    is_none = _configured(root, "system.conf").get("CtrlAltDelBurstAction", "") == "none"
    yield found("fine", "burst") if is_none else found("warn", "burst_open")


def _sticks(root: Path) -> Iterator[Finding]:
    if not (root / UNITS).is_dir():
        yield found("system", "sticks_unknown")
        return
    places = (root / one / "system/udisks2.service" for one in _CONFIGURED)
    is_shut = _is_masked(root, "udisks2.service") or not any(map(os.path.lexists, places))
    yield found("fine", "sticks") if is_shut else found("warn", "sticks_open")


def _network(root: Path) -> Iterator[Finding]:
    folder = root / "sys/class/net"
    if not folder.is_dir():
        yield found("system", "network_unknown")
        return
    up = sorted(one.parent.name for one in folder.glob("*/operstate") if (_text(one) or "").strip() == "up")
    yield found("warn", "network_up", names=", ".join(up)[:200]) if up else found("fine", "network")


def _is_masked(root: Path, unit: str) -> bool:
    """Whether systemd will not start a unit: a link to /dev/null in the place of its file, or an empty file."""
    place = root / UNITS / unit
    return place.is_symlink() and os.readlink(place) == "/dev/null" or _text(place) == ""


def _configured(root: Path, name: str) -> Settings:
    """The settings of a file of systemd and of the folders beside it; of equal names the one nearest to /etc counts."""
    files = [root / folder / name for folder in _CONFIGURED]
    main = next((text for text in map(_text, reversed(files)) if text is not None), "")
    beside = {one.name: one for file in files for one in sorted(file.with_name(f"{name}.d").glob("*.conf"))}
    return _settings([main, *(_text(beside[one]) or "" for one in sorted(beside))])


def _settings(texts: list[str]) -> Settings:
    """What `Name=value` lines say, whatever their section; the last one counts, an empty one takes back."""
    read: Settings = {}
    for line in "\n".join(text.replace("\\\n", " ") for text in texts).splitlines():
        name, is_set, value = line.partition("=")
        if is_set and not line.lstrip().startswith(("#", ";")):
            read[name.strip()] = value.strip()
    return read


def _text(path: Path) -> str | None:
    """A small text file, None where there is none that can be read."""
    try:
        return read_regular(path, MEGABYTE, follow=True).decode("utf-8", "replace")
    except (UserError, OSError):
        return None

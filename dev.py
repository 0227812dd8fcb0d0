#!/usr/bin/env python3
"""One command for everybody: makes `.venv` from the locked requirements and runs app, tests and benches.

Standard library only, because it runs before anything is installed. What it says goes to stderr, so that
`dev.py run info --json` leaves stdout to the app. Not here: any knowledge of the app's own options.
"""

import os
import sys

OLDEST, NEWEST = (3, 11), (3, 13)
NEEDS = "Timeline Explorer needs Python 3.11, 3.12 or 3.13."
if sys.version_info < (3, 8):  # said before anything that so old a Python lacks
    sys.exit(NEEDS + " This is Python %d.%d." % sys.version_info[:2])

import hashlib
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
MADE, STARTS = VENV / ".made", VENV / ".qt-starts"  # stamps: a later run believes them and starts at once
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")

USAGE = """usage: python3 dev.py COMMAND

  run [ARGS]                      start Timeline Explorer (all ARGS go to it; try: run --help)
  test [--long] [ARGS]            run the tests (ARGS go to pytest; --long adds those that take minutes)
  check                           style, floors and ratchets
  bench NAME [--json FILE] [ARGS] run tests/bench/NAME.py
  lock [ARGS]                     write requirements.lock from pyproject.toml (needs uv; see: lock --upgrade)

The first call makes .venv; nothing outside this folder is touched."""

# What `check` runs, in this order; each is handed to the Python of .venv with the project as working folder.
WITH_WINDOWS = ("tests/qt", "tests/journeys", "tests/screen_reader")  # about half of the time that all tests take
CHECKS = {
    "style": ["-m", "ruff", "check", "."],
    "floors": ["-c", "import importlinter.cli as cli; cli.lint_imports_command()", "--no-cache", "--no-logo"],
    "ratchets": ["-m", "pytest", "-q", "tests/ground"],
}
LOCKING = (
    "pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate"
    " --no-emit-index-url --quiet --extra dev --extra cluster pyproject.toml -o requirements.lock"
).split()
INSTALL = ["install", "--require-hashes", "--only-binary", ":all:", "-r", LOCK]
LOCK_HEADER = "# Every package with its hashes, one file for all systems; written by: python3 dev.py lock\n"

# Debian's package for each system library that Qt's wheels expect to find.
PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libbrotlidec.so.1": "libbrotli1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
QT_PARTS = [
    "Qt/lib/libQt6Widgets.so.6",
    "Qt/lib/libQt6Svg.so.6",
    "Qt/lib/libQt6OpenGL.so.6",
    "Qt/lib/libQt6Test.so.6",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/platforms/libqxcb.so",
]
QT_PROBE = (
    "from PySide6 import QtGui, QtSvg, QtTest, QtWidgets; app = QtWidgets.QApplication([]); "
    "QtGui.QImage(8, 8, QtGui.QImage.Format.Format_RGB32).fill(0)"
)


class Stop(Exception):
    """An expected end with a sentence for the person in front of it."""


def say(text):
    print(text, file=sys.stderr, flush=True)


def command_text(command):
    return " ".join(str(part) for part in command)


def call(command):
    """Run a step of the preparation; its output goes to stderr, its failure ends the run."""
    if subprocess.run([str(part) for part in command], stdout=sys.stderr, cwd=ROOT).returncode:
        raise Stop(f"This step failed: {command_text(command)}")


def works(command, environment=None):
    """True if the command ends with status 0; nothing is shown."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        return subprocess.run([str(p) for p in command], env=environment, **quiet).returncode == 0
    except OSError:
        return False


def hand_over(command, environment=None):
    """Become the command, so that signals and the exit status are its own; returns only on Windows."""
    command = [str(part) for part in command]
    environment = {**os.environ, **(environment or {})}
    if not WINDOWS:
        os.execvpe(command[0], command, environment)
    return subprocess.run(command, env=environment).returncode


# --- Python -------------------------------------------------------------------------------------------------


def version_text(parts):
    return ".".join(str(part) for part in sys.version_info[:parts])


def fits(version):
    return OLDEST <= tuple(version[:2]) <= NEWEST


def hand_over_to_a_fitting_python(argv):
    """Start again under Python 3.11 to 3.13; where PATH has none, uv may fetch one."""
    here = [str(ROOT / "dev.py"), *argv]
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and works([found, "-c", f"import sys; sys.exit(sys.version_info[:2] != (3, {minor}))"]):
            return hand_over([found, *here])
    if shutil.which("uv"):
        return hand_over(["uv", "run", "--no-project", "--python", ">=3.11,<3.14", *here])
    raise Stop(
        f"{NEEDS} This is Python {version_text(2)}, and none of them is on PATH.\n"
        "Install one (Debian 12 or later: sudo apt-get install -y python3) and run the command again."
    )


# --- Debian -------------------------------------------------------------------------------------------------


def is_root_on_debian():
    debian = shutil.which("apt-get") and Path("/etc/debian_version").exists()
    return debian and os.geteuid() == 0


def install_packages(packages, reason):
    """Install Debian packages as root after saying so; anybody else gets one line to paste."""
    line = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if not is_root_on_debian():
        raise Stop(
            f"{reason} On Debian or Ubuntu, paste this line and run the command again:\n\n"
            f"    sudo apt-get install -y {' '.join(packages)}\n"
        )
    say(f"{reason} Installing with apt-get: {' '.join(packages)}")
    os.environ.setdefault("DEBIAN_FRONTEND", "noninteractive")
    if not works(["apt-get", "install", "--simulate", *packages]):
        call(["apt-get", "update", "-q"])
    call(line)


# --- The environment ----------------------------------------------------------------------------------------


def stamp():
    """What `.venv` is made from: the lock, the Python and the place (after a move it is made anew)."""
    return f"{hashlib.sha256(LOCK.read_bytes()).hexdigest()} {version_text(3)} {ROOT}"


def is_stamped(file):
    return PYTHON.exists() and file.exists() and file.read_text(encoding="utf-8") == stamp()


def make_with_uv(python):
    call(["uv", "venv", "--quiet", "--python", python, VENV])
    call(["uv", "pip", *INSTALL, "--python", PYTHON])


def make_with_pip(python):
    """Without uv: venv and pip, also where Debian splits ensurepip off into a package of its own."""
    if not works([python, "-c", "import ensurepip"]):
        call([python, "-m", "venv", "--without-pip", VENV])
        outer = [python, "-m", "pip", "--python", PYTHON]
        if works([*outer, "--version"]):
            return call([*outer, *INSTALL])
        reason = "This Python has neither ensurepip nor a pip that could fill .venv."
        install_packages([f"python{version_text(2)}-venv"], reason)
        shutil.rmtree(VENV)
    call([python, "-m", "venv", VENV])
    return call([PYTHON, "-m", "pip", *INSTALL])


def make_environment():
    python = getattr(sys, "_base_executable", None) or sys.executable
    say(f"Making .venv with Python {version_text(3)} from requirements.lock (only this once).")
    if VENV.exists():
        shutil.rmtree(VENV)
    if shutil.which("uv"):
        make_with_uv(python)
    else:
        make_with_pip(python)
    encoding = "utf-8" if sys.version_info >= (3, 13) else "locale"  # what `site` reads .pth files in
    (site_packages() / "timeline_explorer.pth").write_text(f"{ROOT}\n", encoding=encoding)


def site_packages():
    command = [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    return Path(subprocess.run(command, stdout=subprocess.PIPE, check=True, encoding="utf-8").stdout.strip())


def missing_libraries():
    """Names of the shared libraries that Qt needs and this system lacks."""
    if not sys.platform.startswith("linux") or not shutil.which("ldd"):
        return []
    folder = site_packages() / "PySide6"
    parts = [str(folder / part) for part in QT_PARTS]
    found = subprocess.run(["ldd", *parts], capture_output=True, encoding="utf-8")
    return sorted(set(re.findall(r"^\s*(\S+) => not found", found.stdout, re.MULTILINE)))


def see_that_qt_starts():
    missing = missing_libraries()
    unknown = [name for name in missing if name not in PACKAGES]
    if unknown:
        raise Stop(f"Qt needs these system libraries, which are missing: {', '.join(missing)}")
    if missing:
        wanted = sorted({PACKAGES[name] for name in missing})
        install_packages(wanted, "Qt needs system libraries that are missing.")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [str(PYTHON), "-c", QT_PROBE]
    probe = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8")
    if probe.returncode:
        raise Stop(f"Qt does not start on this machine:\n{probe.stderr.strip() or probe.returncode}")


def prepare():
    """A `.venv` that equals the lock and in which Qt starts; at once if it is there already."""
    for file, work in {MADE: make_environment, STARTS: see_that_qt_starts}.items():
        if not is_stamped(file):
            work()
            file.write_text(stamp(), encoding="utf-8")


# --- Commands -----------------------------------------------------------------------------------------------


def run(arguments):
    prepare()
    return hand_over([PYTHON, "-P", "-m", "timeline_app", *arguments])


def test(arguments):
    """All tests, in two halves at a time where there are two cores; what is named is run alone."""
    prepare()
    os.chdir(ROOT)
    command = [str(PYTHON), "-m", "pytest", *arguments]
    if (os.cpu_count() or 1) < 2 or any(not one.startswith("-") for one in arguments):
        return hand_over(command)
    others = [f"--ignore={one}" for one in WITH_WINDOWS]
    with tempfile.TemporaryFile() as told:
        beside = subprocess.Popen([*command, "tests", *others], stdout=told, stderr=subprocess.STDOUT)
        try:
            status = subprocess.run([*command, *WITH_WINDOWS]).returncode
            status = beside.wait() or status
        finally:
            beside.kill()
        told.seek(0)
        shutil.copyfileobj(told, sys.stdout.buffer)
        sys.stdout.flush()
    return status


def passes(command):
    return subprocess.run(command, cwd=ROOT).returncode == 0


def check(arguments):
    if arguments:
        raise Stop("`check` takes no arguments.")
    prepare()
    failed = [name for name, step in CHECKS.items() if not passes([str(PYTHON), *step])]
    say(f"Not in order: {', '.join(failed)}" if failed else f"In order: {', '.join(CHECKS)}")
    return 1 if failed else 0


def bench(arguments):
    """Run one bench; one that says `SCREEN = True` gets a virtual screen of 3840x2160 where there is none."""
    folder = ROOT / "tests" / "bench"
    names = sorted(p.stem for p in folder.glob("*.py") if "\ndef rows(" in p.read_text(encoding="utf-8"))
    if not arguments or arguments[0] not in names:
        raise Stop(f"usage: python3 dev.py bench NAME [--json FILE] [ARGS], NAME one of: {', '.join(names)}")
    prepare()
    source = folder / f"{arguments[0]}.py"
    command, environment = [PYTHON, source, *arguments[1:]], {}
    wants_screen = re.search(r"^SCREEN = True$", source.read_text(encoding="utf-8"), re.MULTILINE)
    if wants_screen and sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        if shutil.which("xvfb-run") and shutil.which("Xvfb"):
            command = ["xvfb-run", "-a", "-s", "-screen 0 3840x2160x24", *command]
            environment = {"QT_QPA_PLATFORM": "xcb"}
        else:
            say("No screen and no Xvfb: measuring on Qt's offscreen platform instead.")
            environment = {"QT_QPA_PLATFORM": "offscreen"}
    return hand_over(command, environment)


def lock(arguments):
    if not shutil.which("uv"):
        raise Stop("`lock` needs uv on PATH: it resolves one lock for every system.")
    call(["uv", *LOCKING, *arguments])
    LOCK.write_text(LOCK_HEADER + LOCK.read_text(encoding="utf-8"), encoding="utf-8")
    return 0


COMMANDS = {"run": run, "test": test, "check": check, "bench": bench, "lock": lock}


def main(argv):
    if not argv or argv[0] in ("-h", "--help"):
        print(USAGE)
        return 0 if argv else 2
    if argv[0] not in COMMANDS:
        say(f"dev.py has no command {argv[0]!r}.\n\n{USAGE}")
        return 2
    try:
        if not fits(sys.version_info):
            return hand_over_to_a_fitting_python(argv)
        return COMMANDS[argv[0]](argv[1:])
    except Stop as stop:
        say(str(stop))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

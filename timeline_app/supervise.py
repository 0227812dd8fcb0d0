"""Keeps a kiosk alive from outside: starts a command, hears its heartbeat, starts it again after a crash or a freeze.

A process of its own, of the standard library alone: it shares no code that can crash with what it watches. Only the
monotonic clock counts. What it writes for the person who repairs is `key=value`, in no language. POSIX only.
"""
from __future__ import annotations

import argparse
import contextlib
import os
import selectors
import shutil
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from timeline_app.last_words import Records, Tail

HEARTBEAT = "TIMELINE_KIOSK_HEARTBEAT"  # names the descriptor that the child writes a byte to, each half second
SAFE = "TIMELINE_KIOSK_SAFE"  # "1": the child has crashed too often, and starts plainly
MEMORY = "TIMELINE_KIOSK_MEMORY"  # "1": nothing can be kept on the disk
AGAIN = 75  # what a child ends with that wishes to be started again, which is no crash
ALREADY_RUNNING, GAVE_UP, NO_COMMAND = 3, 4, 127
MOST_REFUSED, REFUSED_WAIT = 5, 1.0  # starts in a row while another kiosk runs, and the seconds between them
LOOK = 0.25  # the longest wait between two looks at the child
HELD = 1.0  # looks further apart than this: the supervisor itself was held, and the child perhaps with it


@dataclass(frozen=True)
class Limits:
    """How long is waited for what, in seconds, and how often in vain."""

    silence: float = 3.0
    first: float = 20.0
    goodbye: float = 2.0
    trace: float = 0.5
    give_up: int = 0  # after so many starts in a row without a beat; 0: never


@dataclass(frozen=True)
class Budget:
    """When the child crashed of late: how long to wait before the next start, and whether that is in safe mode."""

    crashes: tuple[float, ...] = ()
    most: int = 3
    within: float = 600.0

    def crashed(self, now: float) -> Budget:
        """The budget after a crash now."""
        return Budget((*self._recent(now), now)[-32:], self.most, self.within)

    def is_spent(self, now: float) -> bool:
        """Whether a start now is one in safe mode: the third crash of ten minutes leads to it."""
        return len(self._recent(now)) >= self.most

    def pause(self, now: float) -> float:
        """Seconds between the last start and the next one: none after a first crash, at most three."""
        count = len(self._recent(now))
        return min(3.0, 0.125 * 2 ** (count - 1)) if count > 1 else 0.0

    def _recent(self, now: float) -> tuple[float, ...]:
        return tuple(at for at in self.crashes if now - at < self.within)


class Pulse:
    """Whether the child was silent for too long."""

    def __init__(self, now: float, limits: Limits) -> None:
        self._silence, self._due, self._looked = limits.silence, now + limits.first, now
        self.count, self._is_spared = 0, False

    def beat(self, now: float, count: int = 1) -> None:
        """The child was heard."""
        self.count += count
        self._due, self._is_spared = now + self._silence, False

    def is_silent(self, now: float) -> bool:
        """Asked at each look, after all beats were read; a supervisor that was held itself waits
        once more, and only once: a machine that is slow throughout must not hide a freeze."""
        if now - self._looked > HELD and not self._is_spared:
            self._due, self._is_spared = max(self._due, now + self._silence), True
        self._looked = now
        return now >= self._due


class Child:
    """One life of the command: its process, its pulse, and the last that it said."""

    def __init__(self, command: Sequence[str], told: dict[str, str], limits: Limits) -> None:
        self._limits, self._ears = limits, selectors.DefaultSelector()
        heard, beats = os.pipe()
        try:
            self._process = subprocess.Popen(
                list(command), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, bufsize=0,
                env={**os.environ, **told, HEARTBEAT: str(beats)}, pass_fds=(beats,), start_new_session=True)
        except BaseException:
            os.close(heard)
            raise
        finally:
            os.close(beats)
        self.born, self.tail, self._heard = time.monotonic(), Tail(), heard
        self.pulse = Pulse(self.born, limits)
        for handle, hear in ((heard, self._hear_beat), (self._process.stdout.fileno(), self.tail.add)):
            os.set_blocking(handle, False)
            self._ears.register(handle, selectors.EVENT_READ, hear)

    def listen(self, seconds: float, also: Iterable[int] = ()) -> bool:
        """Hear all that comes within the time, or until something came; whether something came."""
        for handle in also:
            self._ears.register(handle, selectors.EVENT_READ, lambda data: None)
        ready = self._ears.select(seconds)
        for handle in also:
            self._ears.unregister(handle)
        for key, _ in ready:
            self._read(key)
        return bool(ready)

    def has_ended(self) -> bool:
        """Whether the process is over; it is not yet buried, so that its group is still its own."""
        return os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def ask_for_trace(self) -> None:
        """Let a frozen child say where it stands."""
        self._process.send_signal(signal.SIGUSR1)
        end = time.monotonic() + self._limits.trace
        while not self.has_ended() and (left := end - time.monotonic()) > 0:
            self.listen(min(left, LOOK))

    def say_goodbye(self) -> None:
        """Ask the child to end, and wait as long as is fit."""
        self._process.terminate()
        end = time.monotonic() + self._limits.goodbye
        while not self.has_ended() and (left := end - time.monotonic()) > 0:
            self.listen(min(left, 0.05))

    def bury(self) -> int:
        """End it and all that it started, hear its last words, and return its status."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        status = self._process.wait()
        for _ in range(64):
            if not self.listen(0):
                break
        self._ears.close()
        self._process.stdout.close()
        os.close(self._heard)
        return status

    def _hear_beat(self, data: bytes) -> None:
        self.pulse.beat(time.monotonic(), len(data))

    def _read(self, key: selectors.SelectorKey) -> None:
        try:
            data = os.read(key.fd, 65_536)
        except BlockingIOError:
            return
        if not data and key.data in (self._hear_beat, self.tail.add):
            self._ears.unregister(key.fd)  # closed by the child; its process is what counts
        key.data(data) if data else None


class Watchdog:
    """Tells systemd that the supervisor lives, where systemd asked for it."""

    def __init__(self) -> None:
        asked = os.environ.get("WATCHDOG_USEC", "")
        program = shutil.which("systemd-notify") if os.environ.get("NOTIFY_SOCKET") else None
        self._program, self._each = program, int(asked) / 3e6 if asked.isdecimal() else 0.0
        self._due, self._running = 0.0, None

    def tick(self, now: float) -> None:
        """Called at each look; never waits."""
        if self._running is not None and self._running.poll() is not None:
            self._running = None
        if self._program and self._each and now >= self._due and self._running is None:
            self._due = now + self._each
            with contextlib.suppress(OSError):
                self._running = subprocess.Popen([self._program, "WATCHDOG=1"], stdin=subprocess.DEVNULL)


class Supervisor:
    """Runs the command until it ends by itself or somebody asks for the end."""

    def __init__(self, command: Sequence[str], limits: Limits, records: Records) -> None:
        self._command, self._limits, self._records = command, limits, records
        self._budget, self._starts, self._mute, self._is_over = Budget(), 0, 0, False
        self._refused, self._started = 0, 0.0
        self._watchdog, self._unkept = Watchdog(), deque[str](maxlen=20)
        self._woken, self._wake = os.pipe()

    def run(self) -> int:
        """The status to end with: 0 after an end that was wished for."""
        self._hear_signals()
        while not self._is_over:
            safe = self._budget.is_spent(time.monotonic())
            child = self._start(safe)
            if child is None and self._starts == 1:
                return NO_COMMAND
            cause = self._watch(child) if child else "no_start"
            if cause == "":
                break
            self._refused = self._refused + 1 if cause == "refused" else 0
            if cause not in ("again", "refused"):
                self._note(cause, child, safe)
            if 0 < self._limits.give_up <= self._mute:
                self._write_down()
                say(event="gave_up", starts=self._starts)
                return GAVE_UP  # what lies below is broken, as a screen that is gone: who started this can mend it
            if self._refused == MOST_REFUSED:
                self._write_down()
                say(event="already_running")
                return ALREADY_RUNNING
            now = time.monotonic()
            self._wait(REFUSED_WAIT if self._refused else self._started + self._budget.pause(now) - now)
        self._write_down()
        say(event="end", starts=self._starts)
        return 0

    def _start(self, safe: bool) -> Child | None:
        self._starts, self._started = self._starts + 1, time.monotonic()
        told = {SAFE: "1" if safe else "", MEMORY: "" if self._records.is_kept else "1"}
        try:
            child = Child(self._command, told, self._limits)
        except OSError as error:
            say(event="no_start", error=error.errno)
            return None
        say(event="start", number=self._starts, safe=int(safe), memory=int(not self._records.is_kept))
        self._write_down()  # after the start: a slow disk must not keep a screen dark
        return child

    def _watch(self, child: Child) -> str:
        """Stay with a child to its end; why it ended, "" where that was wished for."""
        cause = ""
        while not child.has_ended() and not self._is_over and not cause:
            child.listen(LOOK, [self._woken])
            self._forget_wakes()
            now = time.monotonic()
            self._watchdog.tick(now)
            cause = "frozen" if child.pulse.is_silent(now) else ""
        if self._is_over:
            child.say_goodbye()
        elif cause and not child.has_ended():
            child.ask_for_trace()
        status = child.bury()
        if self._is_over:
            return ""
        return cause or {AGAIN: "again", ALREADY_RUNNING: "refused"}.get(status) or cause_of(status)

    def _note(self, cause: str, child: Child | None, safe: bool) -> None:
        now = time.monotonic()
        self._budget = self._budget.crashed(now)
        self._mute = 0 if child and child.pulse.count else self._mute + 1
        head = {"cause": cause, "start": self._starts, "safe": int(safe)}
        if child:
            head |= {"lived_seconds": round(now - child.born, 1), "beats": child.pulse.count}
        say(event="crash", **head)
        lines = [*(f"{key}={value}" for key, value in head.items()), "", *(child.tail.lines() if child else ())]
        self._unkept.append("\n".join(lines) + "\n")

    def _write_down(self) -> None:
        while self._unkept:
            self._records.keep(self._unkept.popleft())

    def _wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        with selectors.DefaultSelector() as ears:
            ears.register(self._woken, selectors.EVENT_READ)
            while not self._is_over and (left := end - time.monotonic()) > 0:
                ears.select(min(left, LOOK))
                self._forget_wakes()
                self._watchdog.tick(time.monotonic())

    def _hear_signals(self) -> None:
        for handle in (self._woken, self._wake):
            os.set_blocking(handle, False)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for asked in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(asked, self._end)

    def _end(self, *_: object) -> None:
        self._is_over = True

    def _forget_wakes(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(self._woken, 4096)


def cause_of(status: int) -> str:
    """A status of a process as a word: "" for 0, "SIGSEGV", "exit_1"."""
    if status >= 0:
        return f"exit_{status}" if status else ""
    with contextlib.suppress(ValueError):
        return signal.Signals(-status).name
    return f"signal_{-status}"


def say(**what: object) -> None:
    """One line for the journal; where nobody reads it, nothing happens."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        print("supervise", *(f"{key}={value}" for key, value in what.items()), file=sys.stderr, flush=True)


def hold(places: Sequence[Path]) -> int | None:
    """A lock that ends with this process, -1 where no place takes one; None if another supervisor holds it. The number
    in the file is for people: a stale one, left by a power cut, locks nobody out."""
    import fcntl

    for place in places:
        try:
            place.mkdir(parents=True, exist_ok=True)
            handle = os.open(place / "supervise.lock", os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        except OSError:
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.ftruncate(handle, 0)
            os.write(handle, b"%d\n" % os.getpid())
        except BlockingIOError:
            os.close(handle)
            return None
        except OSError:
            pass  # a full disk: the lock holds without a number in it
        return handle
    return -1


def folder_of_state(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Where crashes are kept unless another folder is named."""
    with contextlib.suppress(RuntimeError):
        home = environment.get("HOME") or Path.home()
        states = environment.get("XDG_STATE_HOME") or Path(home) / ".local" / "state"
        return Path(states) / "timeline-explorer" / "kiosk"
    return None


def parser() -> argparse.ArgumentParser:
    """The options of `python -m timeline_app.supervise [OPTIONS] -- COMMAND...`; docs/KIOSK.md explains them."""
    parser = argparse.ArgumentParser(prog="supervise")
    parser.add_argument("--folder", type=Path, default=folder_of_state())
    for name in ("silence", "first", "goodbye", "trace"):
        parser.add_argument(f"--{name}", type=float, default=getattr(Limits, name))
    parser.add_argument("--give-up", type=int, default=Limits.give_up)
    parser.add_argument("command", nargs="+")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run until the command ends or somebody asks for the end; the status."""
    asked = parser().parse_args(argv)
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    places = [Path(runtime) / "timeline-explorer"] if runtime else []
    if hold([*places, *([asked.folder] if asked.folder else [])]) is None:
        say(event="already_running")
        return ALREADY_RUNNING
    limits = Limits(asked.silence, asked.first, asked.goodbye, asked.trace, asked.give_up)
    return Supervisor(asked.command, limits, Records(asked.folder)).run()


if __name__ == "__main__":
    sys.exit(main())

"""Asks the desktop not to dim or lock the screen while a talk goes on. Where it does not listen nothing happens: the
manual says which do.

The call is that of freedesktop.org ("Idle Inhibition Service", org.freedesktop.ScreenSaver), over the session's bus.
"""
from __future__ import annotations

import contextlib

SERVICE, PATH = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"


class StayAwake:
    """Holds the request from `begin` to `end`."""

    def __init__(self, name: str, reason: str) -> None:
        self._name, self._reason = name, reason
        self._cookie: int | None = None

    def begin(self) -> bool:
        """Ask; whether the desktop said yes."""
        answer = self._call("Inhibit", self._name, self._reason)
        self._cookie = answer if isinstance(answer, int) else None
        return self._cookie is not None

    def end(self) -> None:
        """Let the desktop sleep again."""
        if self._cookie is not None:
            self._call("UnInhibit", self._cookie)
            self._cookie = None

    def _call(self, method: str, *args: object) -> object:
        with contextlib.suppress(ImportError):
            from PySide6.QtDBus import QDBusConnection, QDBusInterface  # not on every system

            bus = QDBusConnection.sessionBus()
            if bus.isConnected():
                service = QDBusInterface(SERVICE, PATH, SERVICE, bus)
                if service.isValid():
                    answer = service.call(method, *args).arguments()
                    return answer[0] if answer else None
        return None

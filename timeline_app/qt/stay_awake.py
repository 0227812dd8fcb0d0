"""Asks the desktop not to dim or lock the screen while a talk goes on. Where it does not listen nothing happens: the
manual says which do.

The call is that of freedesktop.org ("Idle Inhibition Service", org.freedesktop.ScreenSaver), over the session's bus on
this computer, and nobody waits for the answer. It is taken back by leaving the bus: the desktop lets go of who is gone.
"""
from __future__ import annotations

import os

from PySide6.QtCore import QObject

SERVICE, PATH = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"
BUS, CONNECTION = "DBUS_SESSION_BUS_ADDRESS", "timeline-talk"


class StayAwake(QObject):
    """Holds the request from `begin` to `end`; `is_heard` says whether the desktop has said yes."""

    def __init__(self, name: str, reason: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = [name, reason]
        self.is_heard = self._is_asked = False
        self._call: QObject | None = None

    def begin(self) -> None:
        """Ask."""
        if not os.environ.get(BUS):
            return  # asking for a bus that is not there would start one
        try:
            from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher  # not on every system
        except ImportError:
            return
        bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, CONNECTION)
        self._is_asked = True
        if not bus.isConnected():
            return
        message = QDBusMessage.createMethodCall(SERVICE, PATH, SERVICE, "Inhibit")
        message.setArguments(self._words)
        self._call = QDBusPendingCallWatcher(bus.asyncCall(message), self)
        self._call.finished.connect(self._answered)

    def end(self) -> None:
        """Let the desktop sleep again."""
        if self._is_asked:
            from PySide6.QtDBus import QDBusConnection

            QDBusConnection.disconnectFromBus(CONNECTION)
            self._is_asked = self.is_heard = False

    def _answered(self, call: object) -> None:
        self.is_heard = self._is_asked and not call.isError()

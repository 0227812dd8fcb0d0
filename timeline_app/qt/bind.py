"""How a widget hears of a new state, and stops hearing when it dies. What it then shows is its own affair."""
from __future__ import annotations

import weakref
from collections.abc import Callable
from types import MethodType

import shiboken6
from PySide6.QtCore import QObject

from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import ViewState

Heard = Callable[[ViewState], None]


def is_alive(callback: Callable[..., object]) -> bool:
    """Whether a callback can still be called: False for a method of a Qt object that is gone."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


def listen(widget: QObject, session: Session, callback: Heard) -> None:
    """Call back after each change of the state, for as long as the widget lives.

    A bound method is held weakly, so that a session never keeps a widget alive.
    """
    held = weakref.WeakMethod(callback) if isinstance(callback, MethodType) else lambda: callback
    alive = weakref.ref(widget)

    def heard(state: ViewState) -> None:
        owner, method = alive(), held()
        if owner is None or method is None or not shiboken6.isValid(owner):
            end()
        else:
            method(state)

    end = session.listen(heard)
    widget.destroyed.connect(lambda: end())

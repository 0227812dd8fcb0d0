"""A widget hears of each change as long as it lives, and a session never keeps a widget alive."""

from __future__ import annotations

import gc
import weakref

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from fakes import tiny_session
from timeline_app.qt.bind import is_alive, listen
from timeline_app.viewmodel import moves


class Listener(QObject):
    heard: list[str]

    def __init__(self, session, parent=None):
        super().__init__(parent)
        self.heard = []
        listen(self, session, self.hear)

    def hear(self, state):
        self.heard.append(state.view.selected)


def select(session, event):
    session.become(moves.select(session.state, event))


def test_that_a_listener_hears_every_change(qapp):
    session = tiny_session()
    listener = Listener(session)
    select(session, "e-asks")
    select(session, "e-down")
    assert listener.heard == ["e-asks", "e-down"]


def test_that_a_deleted_listener_hears_nothing_and_is_forgotten(qapp):
    session = tiny_session()
    listener = Listener(session)
    listener.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(listener)
    select(session, "e-asks")
    assert listener.heard == []
    assert session._listeners == []


def test_that_a_session_does_not_keep_a_listener_alive(qapp):
    session = tiny_session()
    listener = Listener(session)
    gone = weakref.ref(listener)
    del listener
    gc.collect()
    assert gone() is None
    select(session, "e-asks")
    assert session._listeners == []


def test_that_a_function_is_heard_as_long_as_its_widget_lives(qapp):
    session, owner, heard = tiny_session(), QObject(), []
    listen(owner, session, lambda state: heard.append(state.view.selected))
    gc.collect()
    select(session, "e-asks")
    shiboken6.delete(owner)
    select(session, "e-down")
    assert heard == ["e-asks"]


def test_that_one_listener_may_die_while_all_are_told(qapp):
    session = tiny_session()
    doomed = QObject()
    listen(doomed, session, lambda _: shiboken6.delete(doomed))
    other = Listener(session)
    select(session, "e-asks")
    assert other.heard == ["e-asks"]
    assert len(session._listeners) == 1


def test_that_a_method_of_a_deleted_object_is_not_alive(qapp):
    owner = QObject()
    method = owner.objectName
    assert is_alive(method)
    shiboken6.delete(owner)
    assert not is_alive(method)
    assert is_alive(len)

"""The sound of a lane, from the window into a file."""
from __future__ import annotations

from qt.whole import explore
from timeline_app.viewmodel import moves


def test_that_the_chosen_lane_is_written_and_said(qtbot, tmp_path):
    window = explore(qtbot)
    window.session.become(moves.look(window.session.state, lane="daily"))
    window.requests.write_sound(tmp_path / "daily.wav")
    window.tasks.settle()
    assert (tmp_path / "daily.wav").read_bytes().startswith(b"RIFF")
    assert window.status.message.text() == "Written: the sound of #example, 12 seconds from left to right."


def test_that_a_place_that_cannot_be_written_is_said_and_nothing_else_happens(qtbot, tmp_path):
    window = explore(qtbot)
    window.requests.write_sound(tmp_path / "nowhere" / "daily.wav")
    window.tasks.settle()
    assert "cannot be written" in window.status.message.text() and not list(tmp_path.iterdir())

"""The session: who hears of a change, and which views back and forward walk."""
from __future__ import annotations

from fakes import tiny_session
from timeline_app.viewmodel import moves
from timeline_app.viewmodel.session import HISTORY_LIMIT, Session


def select(session: Session, *events: str) -> None:
    for event in events:
        session.become(moves.select(session.state, event))


def drag(session: Session, *shares: float) -> None:
    for share in shares:
        session.become(moves.pan(session.state, share, session.limits), discrete=False)


def test_that_back_and_forward_walk_the_views_in_order():
    session = tiny_session()
    opening = session.state.view
    select(session, "e-asks", "e-down")
    assert session.back() and session.state.view.selected == "e-asks"
    assert session.back() and session.state.view == opening
    assert not session.back() and not session.can_go_back
    assert session.forward() and session.forward() and session.state.view.selected == "e-down"
    assert not session.forward() and not session.can_go_forward


def test_that_a_drag_is_one_view_however_many_moves_it_has():
    session = tiny_session()
    opening = session.state.view
    drag(session, 0.01, 0.02, 0.03)
    session.rest()
    session.rest()
    assert session.back() and session.state.view == opening


def test_that_going_back_before_one_has_rested_loses_nothing():
    session = tiny_session()
    opening = session.state.view
    drag(session, 0.02)
    dragged = session.state.view
    assert session.can_go_back
    assert session.back() and session.state.view == opening
    assert session.forward() and session.state.view == dragged


def test_that_a_discrete_move_after_a_drag_keeps_the_place_the_drag_led_to():
    session = tiny_session()
    drag(session, 0.02)
    dragged = session.state.view
    select(session, "e-asks")
    assert session.back() and session.state.view == dragged


def test_that_a_new_view_ends_what_lay_ahead():
    session = tiny_session()
    select(session, "e-asks", "e-down")
    session.back()
    select(session, "e-flood")
    assert not session.can_go_forward and not session.forward()
    assert session.back() and session.state.view.selected == "e-asks"


def test_that_moving_on_after_going_back_leaves_no_way_forward_even_before_one_rests():
    session = tiny_session()
    select(session, "e-asks")
    session.back()
    drag(session, 0.02)
    moved = session.state.view
    assert not session.can_go_forward and not session.forward()
    assert session.state.view == moved


def test_that_going_back_does_not_switch_the_language_back():
    session = tiny_session()
    select(session, "e-asks")
    session.become(moves.set_up(session.state, language="ko"))
    assert session.back()
    assert session.state.setting.language == "ko" and session.state.view.selected == ""


def test_that_the_history_has_an_end():
    session = tiny_session()
    for number in range(HISTORY_LIMIT + 20):
        session.become(moves.scroll(session.state, number + 1))
    steps = 0
    while session.back():
        steps += 1
    assert steps == HISTORY_LIMIT - 1


def test_that_each_change_is_told_once_and_none_where_nothing_changed():
    session = tiny_session()
    heard = []
    stop = session.listen(heard.append)
    select(session, "e-asks", "e-asks")
    session.back()
    assert [state.view.selected for state in heard] == ["e-asks", ""]
    stop()
    stop()
    select(session, "e-down")
    assert len(heard) == 2


def test_that_a_listener_may_leave_and_another_may_move_while_being_told():
    session = tiny_session()
    heard = []

    def leave(_):
        stop()

    def follow(state):
        if state.view.selected == "e-asks":
            session.become(moves.select(state, "e-down"))

    stop = session.listen(leave)
    session.listen(follow)
    session.listen(lambda state: heard.append(state.view.selected))
    select(session, "e-asks")
    assert heard == ["e-down", "e-down"]


def test_that_an_amended_view_is_no_further_step_of_the_history():
    session = tiny_session()
    before = session.state
    session.become(moves.select(before, session.dataset.events[0].id))
    session.amend(moves.scroll(session.state, 40))
    assert session.state.view.scroll == 40
    assert session.back() and session.state == before and not session.can_go_back

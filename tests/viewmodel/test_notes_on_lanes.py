"""Notes on the timeline: a part of their own above the rest, told by shape and word, walked only in their lane."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes import MIDNIGHT, tiny_dataset, tiny_session
from lane_reading import WEEK, dataset, faults, measure, request, said
from timeline_app.base.problems import UserError
from timeline_app.base.text import catalogue
from timeline_app.domain.calendar import DAY, HOUR, MINUTE
from timeline_app.domain.notes import Note
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import LaneSpec
from timeline_app.viewmodel import (
    commands,
    lane_choices,
    mark_words,
    moves,
    note_lanes,
    note_place,
    note_words,
    summary,
)
from timeline_app.viewmodel.frame import FrameRequest, compose
from timeline_app.viewmodel.in_view import of_frame
from timeline_app.viewmodel.lanes import notes as lane
from timeline_app.viewmodel.notebook import NoteBook, added
from timeline_app.viewmodel.window import TimeScale, Window

A_DAY = MIDNIGHT + DAY
NOTES = (Note("a", A_DAY, A_DAY, "Ask again\nand then call"),
         Note("b", A_DAY + DAY, A_DAY + 2 * DAY, "두 보도가 다르다"),
         Note("c", A_DAY + 4 * DAY, A_DAY + 4 * DAY, "<b>Here</b>"))


def book(*notes: Note, **fields: object) -> NoteBook:
    made = NoteBook(**fields)
    for note in notes:
        made = added(made, note, f"e-{note.id}")
    return made


def session(*notes: Note, **fields: object):
    made = tiny_session()
    made.take_notes(book(*(notes or NOTES), **fields))
    return made


def drawn(notes: NoteBook, lane_id: str = note_lanes.OWN_LANE, **fields: object):
    spec = next((one for one in note_lanes.all_lanes(notes) if one.id == lane_id),
                LaneSpec(lane_id, "notes", "documented", dataset().meta.title))
    fields = {"height": 60.0} | fields
    return lane.picture(request(dataset(), spec=spec, notes=notes, **fields))


def frame(found, **changes: object):
    state = moves.look(found.state, **changes)
    return compose(FrameRequest(found.dataset, state, 1_000.0, 700.0, measure, notes=found.notes))


def run(found, command: str):
    found.become(commands.by_id(command).move(found))
    return found.state.view


# --- The lane ---


def test_that_without_notes_there_is_no_lane():
    assert note_lanes.all_lanes(NoteBook()) == ()
    assert {one.spec.half for one in frame(tiny_session()).lanes} == {"documented", "counted"}


def test_that_notes_stand_apart_above_what_was_documented_with_titles_of_their_own():
    lanes = frame(session()).lanes
    assert [one.spec.half for one in lanes] == ["noted"] + ["documented"] * 3 + ["counted"] * 2
    assert [one.half_title for one in lanes if one.half_title] == ["What was documented", "What was counted"]
    assert frame(session()).half == "noted" and lanes[0].picture.heading.title == "Your notes"


def test_that_the_notes_of_the_dataset_have_a_lane_that_says_so():
    found = session(NOTES[0], came=NOTES[1:])
    titles = [one.picture.heading.title for one in frame(found).lanes[:2]]
    assert titles == ["Your notes", "Notes of the dataset"]


def test_that_a_lane_of_notes_is_hidden_like_any_other():
    found = session()
    found.become(moves.look(found.state, lane=note_lanes.OWN_LANE))
    run(found, "hide_lane")
    assert "noted" not in {one.spec.half for one in frame(found).lanes}
    assert run(found, "show_lanes").lanes.hidden == frozenset()


def test_that_a_manifest_cannot_have_notes_drawn_as_documents():
    assert drawn(book(*NOTES), lane_id="mine").items == ()


def test_that_a_moment_is_a_flag_and_a_stretch_a_bracket_and_nothing_else_is():
    picture = drawn(book(*NOTES))
    assert [(one.shape, one.at_ms) for one in picture.points] == [("flag", A_DAY), ("flag", A_DAY + 4 * DAY)]
    (bracket,) = picture.bands
    assert bracket.style == "bracket" and (bracket.edges[0], bracket.edges[3]) == (A_DAY + DAY, A_DAY + 2 * DAY)


def test_that_a_note_says_its_first_line_and_that_there_is_more():
    assert "Ask again…" in said(drawn(book(*NOTES), width=2_000.0))
    assert "<b>Here</b>" in said(drawn(book(*NOTES), width=2_000.0))


def test_that_an_item_says_by_word_that_it_is_a_note():
    names = [one.name for one in drawn(book(*NOTES)).items]
    assert names == ["Your note: Ask again", "Your note: 두 보도가 다르다", "Your note: <b>Here</b>"]
    assert drawn(NoteBook(came=NOTES), lane_id=note_lanes.CAME_LANE).items[0].name == "Note of the dataset: Ask again"


def test_that_a_note_that_is_not_saved_says_so_on_its_mark_and_in_the_heading():
    picture = drawn(book(NOTES[0]).refused(), width=2_000.0)
    assert said(picture) == ["Ask again… not saved"]
    assert picture.heading.lines[0] == "1 note not saved"


def test_that_a_search_dims_what_it_does_not_find():
    picture = drawn(book(*NOTES), matches=frozenset({"note:a"}))
    assert [one.dim for one in picture.points] == [False, True]


STARTS = st.lists(st.tuples(st.integers(0, 7 * 24 - 1), st.integers(0, 48), st.text(max_size=120)), max_size=30)


@given(STARTS, st.integers(34, 120), st.integers(300, 2_000))
def test_that_labels_of_notes_never_overlap_and_are_never_cut(found, height, width):
    notes = [Note(f"n{n}", MIDNIGHT + a * HOUR, MIDNIGHT + (a + b) * HOUR, f"x{text}") for n, (a, b, text) in
             enumerate(found)]
    picture = drawn(book(*notes), height=float(height), width=float(width))
    assert faults(picture, TimeScale(Window.of(WEEK), float(width)), float(height)) == []
    assert len(picture.points) + len(picture.bands) == len(notes)


def test_that_thousands_of_notes_are_drawn_once_a_place_and_told_apart_by_zooming_in():
    notes = NoteBook(came=tuple(Note(f"n{n}", MIDNIGHT + n * MINUTE, MIDNIGHT + n * MINUTE, "x") for n in range(9_000)))
    picture = drawn(notes, lane_id=note_lanes.CAME_LANE)
    assert 200 < len(picture.points) < 260 and picture.heading.lines == ("9,000 notes",)
    near = drawn(notes, lane_id=note_lanes.CAME_LANE, span=Span(MIDNIGHT, MIDNIGHT + HOUR))
    assert len(near.points) == 60 and near.labels


def test_that_a_folded_lane_says_when_the_next_note_is():
    found = session(NOTES[2])
    early = Window.of(Span(MIDNIGHT, MIDNIGHT + HOUR))
    (label,) = frame(found, window=early).lanes[0].picture.labels
    assert label.runs[0].text == "nothing in view; next: Thursday 4 June 2020"


def test_that_many_notes_get_more_rows():
    few, many = (frame(session(*(replace(NOTES[0], id=f"n{n}") for n in range(number)))).lanes[0].height
                 for number in (1, 20))
    assert few < many


def test_that_the_summary_counts_no_note_as_an_event():
    found = session()
    told = summary.account(frame(found))
    assert told.events == summary.account(frame(tiny_session())).events
    assert summary.summary(told, catalogue("en")).endswith("Your notes: 3 notes.")
    assert summary.summary(summary.account(frame(tiny_session())), catalogue("en")).count("notes") == 0
    said_of = [mark_words.of_mark(one) for one in of_frame(frame(found)) if one.item.kind == "note"]
    assert [one.what for one in said_of] == [f"Your note: {note.first_line}" for note in NOTES]
    assert said_of[0].when == "Sunday 31 May 2020, 00:00 CDT"


# --- From note to note ---


def test_that_arrows_go_from_event_to_event_and_pass_no_note():
    found = session()
    seen = [run(found, "next_event").selected for _ in range(6)]
    assert not any(one.startswith("note:") for one in seen)


def test_that_comma_and_dot_go_from_note_to_note_in_their_lane():
    found = session()
    found.become(moves.look(found.state, lane=note_lanes.OWN_LANE))
    assert run(found, "next_in_lane").selected in ("note:b", "note:c")
    found.become(moves.select(found.state, "note:a", note_lanes.OWN_LANE))
    assert [run(found, "next_in_lane").selected for _ in range(3)] == ["note:b", "note:c", "note:c"]
    assert run(found, "previous_in_lane").selected == "note:b"


def test_that_from_a_note_arrows_lead_to_the_events_around_it_in_time():
    found = session()
    found.become(moves.select(found.state, "note:b", note_lanes.OWN_LANE))
    assert run(found, "next_event").selected == "e-café"
    found.become(moves.select(found.state, "note:c", note_lanes.OWN_LANE))
    assert run(found, "previous_event").selected == "e-flood"
    found.become(moves.select(found.state, "note:a", note_lanes.OWN_LANE))
    assert run(found, "previous_event").selected == "e-asks"


def test_that_up_and_down_reach_the_lane_of_notes_and_the_note_nearest_in_time():
    found = session()
    found.become(moves.select(found.state, "e-café", "portals"))
    view = run(found, "previous_lane")
    assert (view.lane, view.selected) == (note_lanes.OWN_LANE, "note:b")
    assert run(found, "next_lane").selected in ("e-café", "e-down")


def test_that_a_chosen_note_is_shown_and_brought_into_view():
    found = session()
    away = Window.of(Span(MIDNIGHT, MIDNIGHT + HOUR))
    found.become(moves.toggle_lane(moves.look(found.state, window=away), note_lanes.OWN_LANE))
    state = commands.chosen_state(found, "note:c")
    assert state.view.lanes.hidden == frozenset() and state.view.window.span.contains(NOTES[2].start)
    assert commands.chosen_state(found, "note:gone") == found.state


def test_that_f_fits_a_note_and_zoom_keeps_it_in_place():
    found = session()
    found.become(moves.select(found.state, "note:b", note_lanes.OWN_LANE))
    run(found, "fit_selection")
    run(found, "fit_selection")
    assert found.state.view.window.span.contains(NOTES[1].span)
    assert found.state.view.window.length_us < 3 * DAY * 1000


def test_that_a_note_that_is_gone_is_no_longer_selected():
    found = session()
    found.become(moves.select(found.state, "note:gone"))
    assert note_lanes.without_gone(found).view.selected == ""
    found.become(moves.select(found.state, "e-asks"))
    assert note_lanes.without_gone(found) == found.state


# --- Where a new one goes ---


SCALE = TimeScale(Window.of(WEEK), 1_000.0)


def test_that_a_note_on_an_event_takes_its_time_and_its_name():
    found = tiny_session()
    found.become(moves.select(found.state, "e-asks"))
    start = found.dataset.event_by_id["e-asks"].when.earliest_start
    assert note_place.of_selection(found) == note_place.Place(Span(start, start), "e-asks")
    found.become(moves.select(found.state, "e-café"))
    place = note_place.of_selection(found)
    assert place.span == Span(MIDNIGHT + 2 * DAY, MIDNIGHT + 3 * DAY) and place.event_id == "e-café"


def test_that_a_selection_out_of_sight_is_not_meant():
    found = tiny_session()
    found.become(moves.look(moves.select(found.state, "e-statement"), window=Window.of(Span(MIDNIGHT, A_DAY))))
    assert note_place.in_sight(found) is None and note_place.of_selection(found).event_id == "e-statement"
    assert note_place.of_selection(tiny_session()) is None


@pytest.mark.parametrize(("width", "step"), [(10.0, MINUTE), (300_000.0, 1_000), (1_000_000_000_000.0, 1)])
def test_that_a_moment_is_no_finer_than_the_picture(width, step):
    scale = TimeScale(Window.of(WEEK), width)
    place = note_place.at((MIDNIGHT + 12_345_678) * 1000 + 400, scale)
    assert place.span.start % step == 0 and abs(place.span.start - MIDNIGHT - 12_345_678) <= step / 2
    assert place.span.length == 0


def test_that_a_note_on_a_span_needs_a_marked_one():
    found = tiny_session()
    with pytest.raises(UserError, match="no_marked_span"):
        note_place.of_marked(found, SCALE)
    found.become(moves.mark(found.state, Span(A_DAY + 1, A_DAY + 2)))
    assert note_place.of_marked(found, SCALE).span == Span(A_DAY + 1, A_DAY + 2)
    found.become(moves.mark(found.state, Span(A_DAY + 1, A_DAY + HOUR + 1)))
    assert note_place.of_marked(found, SCALE).span == Span(A_DAY, A_DAY + HOUR)


# --- What the pane says ---


def described(notes: NoteBook, name: str, language: str = "en"):
    return note_words.describe(name, notes, tiny_dataset(), language, "America/Chicago")


def test_that_the_pane_says_whose_note_it_is_and_that_it_is_no_evidence():
    doc = described(book(*NOTES), "note:a")
    assert (doc.title, doc.chips[0].text) == ("Your note", "a note, no evidence")
    assert doc.summary == "Ask again\nand then call" and doc.when == "Sunday 31 May 2020, 00:00 CDT"
    assert (doc.previous, doc.next) == ("", "note:b") and doc.sources == () and doc.citation == ""
    assert described(book(*NOTES), "note:zz") is None


def test_that_a_note_of_the_dataset_says_who_wrote_it_and_what_it_is_on():
    note = replace(NOTES[1], event_id="e-asks", by="A. Scholar", created=A_DAY)
    doc = described(NoteBook(came=(note,)), "dataset-note:b")
    assert doc.title == "A note of the dataset" and doc.zone_notes == ("On: An app asks for video",)
    assert doc.notice == "By A. Scholar. Written Sunday 31 May 2020, 00:00 CDT."
    assert described(NoteBook(came=(note,)), "dataset-note:b", "ko").title == "데이터셋에 딸린 메모"


@pytest.mark.parametrize(("at", "words"), [(0, "00:00 CDT"), (1_000, "00:00:01 CDT"), (1, "00:00:00.001 CDT")])
def test_that_a_moment_is_said_as_finely_as_it_is(at, words):
    assert note_words.when(A_DAY + at, A_DAY + at, "America/Chicago", catalogue("en")).endswith(words)


# --- In the list of lanes ---


def test_that_lanes_of_notes_stand_in_the_list_of_lanes_and_are_turned_on_and_off_there():
    found, texts = session(NOTES[0], came=NOTES[1:]), catalogue("en")
    lines = lane_choices.choices(found.dataset, found.state.view, "", texts, found.notes)
    assert [(one.text, one.lane, one.note) for one in lines[:3]] == [
        ("What was noted", "", ""), ("Your notes", note_lanes.OWN_LANE, "1"),
        ("Notes of the dataset", note_lanes.CAME_LANE, "2")]
    assert all(one.is_shown for one in lines[1:3])
    found.become(lane_choices.turned(found.dataset, found.state, note_lanes.CAME_LANE))
    assert [one.spec.id for one in frame(found).lanes if one.spec.half == "noted"] == [note_lanes.OWN_LANE]
    assert lane_choices.choices(found.dataset, found.state.view, "", texts)[0].text != "What was noted"

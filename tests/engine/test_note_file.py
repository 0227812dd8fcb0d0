"""Notes travel as lines that people can read: what is written is read back equal, what is wrong is listed by line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import packages
from timeline_app.base.problems import UserError
from timeline_app.domain.notes import Note
from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT
from timeline_app.engine import check, instants, note_file
from timeline_app.engine.dataset import open_dataset
from timeline_app.engine.note_file import read_notes, together, written

NOON = instants.instant("2020-06-01T12:00:00Z")
NOTES = (Note("a", NOON, NOON, "One\nline more", NOON, "e1", "A. Scholar"),
         Note("b", NOON, NOON + 86_400_001, "=cmd|' /C calc'!A0 두 보도", 0, "", ""))


def read(text: str | bytes, events=("e1",), zone="UTC"):
    problems: list = []
    data = text.encode() if isinstance(text, str) else text
    return read_notes(data, "notes.jsonl", (events, zone), problems), problems


# --- What is written ---


def test_that_notes_are_read_back_equal_with_times_that_people_can_read():
    assert read(written(NOTES)) == (tuple(sorted(NOTES, key=lambda one: -one.end)), [])
    first = json.loads(written(NOTES).split(b"\n")[0])
    assert (first["start"], first["end"]) == ("2020-06-01T12:00:00Z", "2020-06-02T12:00:00.001Z")


TEXTS = st.text(st.characters(), max_size=60).map(lambda text: f"x{text}")
TIMES = st.integers(MIN_INSTANT, MAX_INSTANT)


@given(st.lists(st.tuples(TIMES, TIMES, TEXTS, TEXTS), max_size=5))
def test_that_any_note_is_read_back_equal(made):
    notes = [Note(f"n{n}", min(a, b), max(a, b), note_file.clean_text(text)[0], 1, "e1", note_file.clean_text(by)[0])
             for n, (a, b, text, by) in enumerate(made)]
    assert read(written(notes)) == (note_file.in_time(tuple(notes)), [])


@given(TIMES)
def test_that_any_instant_is_written_as_it_is_read(at):
    assert instants.instant(instants.written(at)) == at


def test_that_a_file_is_not_replaced_unless_that_was_asked_for(tmp_path):
    place = tmp_path / "notes.jsonl"
    note_file.save(place, NOTES[:1])
    with pytest.raises(UserError, match="file_is_there"):
        note_file.save(place, NOTES)
    assert read(place.read_bytes())[0] == NOTES[:1]
    note_file.save(place, NOTES, replaces=True)
    assert len(read(place.read_bytes())[0]) == 2
    with pytest.raises(UserError, match="cannot_write"):
        note_file.save(tmp_path / "no" / "where", NOTES)


def test_that_ones_own_notes_join_those_of_others_under_a_name():
    changed = replace(NOTES[0], text="mine now")
    joined = together([changed], NOTES, "Me")
    assert {(one.text, one.by) for one in joined} == {("mine now", "Me"), (NOTES[1].text, "")}
    assert together([NOTES[0]], [])[0].by == "A. Scholar"


# --- What is read ---


def line(**fields) -> str:
    return json.dumps({"id": "n", "start": "2020-06-01", "text": "words"} | fields)


@pytest.mark.parametrize(("start", "zone", "expected"), [
    ("2020-06-01", "America/Chicago", "2020-06-01T05:00:00Z"),
    ("2020-06-01T12:30", "America/Chicago", "2020-06-01T17:30:00Z"),
    ("2020-06-01T12:30:15.250+02:00", "America/Chicago", "2020-06-01T10:30:15.250Z"), ("-0044-03-15", "UTC", None)])
def test_that_people_can_write_a_time_as_they_write_it_elsewhere(start, zone, expected):
    (note,), problems = read(line(start=start), zone=zone)
    assert problems == [] and note.is_moment
    assert expected is None or note.start == instants.instant(expected)


WRONG = [
    ("note_unreadable", "not json"), ("note_unreadable", "[]"), ("note_unreadable", '{"id":"n","start":"2020-06-01"}'),
    ("note_unreadable", line(id="../x")), ("note_unreadable", line(text=" \n")), ("note_unreadable", line(text=5)),
    ("note_unreadable", "[" * 10_000), ("note_unreadable", line(text="a" * 1_000_001)),
    ("note_time", line(start="June")), ("note_time", line(end="2020-05-31")), ("note_time", line(end="2020-13-01")),
    ("note_time", line(created="yesterday")),
]


@pytest.mark.parametrize(("code", "wrong"), WRONG, ids=range(len(WRONG)))
def test_that_a_wrong_line_is_listed_with_its_place_and_the_rest_is_read(code, wrong):
    notes, problems = read(f"{line(id='first')}\n\n{wrong}\n{line(id='last')}\n")
    assert [one.id for one in notes] == ["first", "last"]
    assert [(one.severity, one.code, one.file, one.line) for one in problems] == [("error", code, "notes.jsonl", 3)]


def test_that_of_two_notes_with_one_id_the_first_is_read():
    notes, problems = read(f"{line(text='one')}\n{line(text='two')}")
    assert [one.text for one in notes] == ["one"] and [one.code for one in problems] == ["note_twice"]


def test_that_a_note_on_an_event_that_is_not_there_keeps_its_time_and_is_told():
    (note,), problems = read(line(event_id="gone"))
    assert note.event_id == "" and [(one.severity, one.code) for one in problems] == [("warning", "note_event")]


def test_that_there_is_an_end_to_notes_and_to_what_is_wrong():
    notes, problems = read("\n".join(line(id=f"n{n}") for n in range(10_005)))
    assert len(notes) == 10_000 and problems[-1].code == "too_many_notes"
    notes, problems = read("x\n" * 5_000)
    assert notes == () and len(problems) == 101


@given(st.binary(max_size=300))
def test_that_no_bytes_break_the_reader(data):
    assert isinstance(read(data)[0], tuple)


# --- In a dataset ---


def test_that_a_dataset_shows_the_notes_that_lie_beside_its_manifest(tmp_path):
    place = packages.Package(tmp_path / "small").write()
    assert open_dataset(place).notes == ()
    event = open_dataset(place).events[0].id
    note_file.save(place / "notes.jsonl", [replace(NOTES[0], event_id=event), NOTES[1]])
    found = open_dataset(place)
    assert {one.text for one in found.notes} == {one.text for one in NOTES}
    assert not [one for one in found.problems if one.file == "notes.jsonl"]
    (place / "notes.jsonl").write_text("wrong\n", "utf-8")
    assert [one.code for one in open_dataset(place).problems if one.file == "notes.jsonl"] == ["note_unreadable"]


def test_that_a_manifest_can_name_the_file_of_notes(tmp_path):
    place = packages.Package(tmp_path / "small").write()
    manifest = json.loads((place / "datapackage.json").read_text("utf-8"))
    manifest["resources"].append({"name": "notes", "path": "remarks.jsonl"})
    (place / "datapackage.json").write_text(json.dumps(manifest), "utf-8")
    note_file.save(place / "remarks.jsonl", NOTES[1:])
    assert [one.id for one in open_dataset(place).notes] == ["b"]


def test_that_check_looks_for_private_accounts_in_notes_too(tmp_path):
    place = packages.Package(tmp_path / "small").write()
    note_file.save(place / "notes.jsonl", [replace(NOTES[1], text="seen at @some_private_fan")])
    assert "private_account" in {one.code for one in check.check(place) if one.file == "notes.jsonl"}


def test_that_the_bundled_dataset_is_known_by_an_id_of_its_own():
    assert len(open_dataset("june-2020").meta.id) == 36 and Path(open_dataset("june-2020").path).is_dir()

"""Notes from the command line: printed for machines, written for others, drawn when asked for."""

from __future__ import annotations

import json

import packages
from timeline_app import app, cli
from timeline_app.domain.notes import Note
from timeline_app.engine import note_file, note_journal
from timeline_app.engine.dataset import open_dataset
from timeline_app.engine.note_journal import Edit
from timeline_app.viewmodel import note_lanes

AT = 1_591_012_800_000


def kept(place, *texts):
    """A person's own notes on the dataset at a place."""
    notes = [Note(f"n{number}", AT + number, AT + number, text) for number, text in enumerate(texts)]
    journal = note_journal.place_of(open_dataset(place))
    note_journal.append(journal, "0000", [Edit(f"e-{one.id}", "add", one) for one in notes])
    return notes


def test_that_notes_are_printed_one_a_line(tmp_path, capsys):
    place = packages.Package(tmp_path / "small").write()
    kept(place, "one", "둘\n<b>")
    assert cli.main(["notes", str(place)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["text"] for line in lines] == ["one", "둘\n<b>"] and lines[0]["start"] == "2020-06-01T12:00:00Z"


def test_that_without_notes_nothing_is_printed_and_no_file_is_made(tmp_path, capsys):
    place = packages.Package(tmp_path / "small").write()
    assert cli.main(["notes", str(place)]) == 0 and capsys.readouterr().out == ""
    assert cli.main(["notes", str(place), "-o", str(tmp_path / "notes.jsonl")]) == 2
    assert not (tmp_path / "notes.jsonl").exists()


def test_that_notes_travel_with_a_dataset_and_come_back_as_its_own(tmp_path, capsys):
    place = packages.Package(tmp_path / "small").write()
    kept(place, "for everybody")
    before = {one: one.read_bytes() for one in place.rglob("*") if one.is_file()}
    assert cli.main(["notes", str(place), "-o", str(place / "notes.jsonl"), "--by", "A. Scholar"]) == 0
    assert {one: one.read_bytes() for one in before} == before
    (note,) = open_dataset(place).notes
    assert (note.text, note.by) == ("for everybody", "A. Scholar")
    assert cli.main(["notes", str(place), "-o", str(place / "notes.jsonl")]) == 2
    assert "already" in capsys.readouterr().err


def test_that_notes_that_came_with_a_dataset_are_handed_on(tmp_path, capsys):
    place = packages.Package(tmp_path / "small").write()
    note_file.save(place / "notes.jsonl", [Note("theirs", AT, AT, "theirs", by="B")])
    kept(place, "mine")
    cli.main(["notes", str(place), "--by", "Me"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {(line["text"], line["by"]) for line in lines} == {("theirs", "B"), ("mine", "Me")}


def test_that_a_torn_journal_is_told_beside_what_is_printed(tmp_path, capsys):
    place = packages.Package(tmp_path / "small").write()
    kept(place, "one")
    journal = note_journal.place_of(open_dataset(place))
    journal.write_bytes(journal.read_bytes() + b'{"id":"x')
    assert cli.main(["notes", str(place)]) == 0
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 1 and "crash" in told.err


def test_that_a_picture_has_notes_only_when_they_are_asked_for(tmp_path):
    place = packages.Package(tmp_path / "small").write()
    note_file.save(place / "notes.jsonl", [Note("theirs", AT, AT, "theirs")])
    (note,) = kept(place, "mine")
    dataset = open_dataset(place)
    book = app.noted(dataset)
    assert [one.id for one in note_lanes.all_lanes(book)] == [note_lanes.OWN_LANE, note_lanes.CAME_LANE]
    assert app.state_for(dataset, {"select": f"note:{note.id}"}, book).view.selected == f"note:{note.id}"

"""Notes outlive a crash at any byte, undo reaches back to the first edit, and two windows keep each other's edits."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes import tiny_dataset, tiny_meta
from timeline_app.base import append_only
from timeline_app.base.problems import UserError
from timeline_app.domain.notes import Note, in_time, is_note_id
from timeline_app.domain.time import MAX_INSTANT, MIN_INSTANT
from timeline_app.engine import note_journal
from timeline_app.engine.note_journal import Edit, Journal, append, parsed, place_of, read

TEXTS = ("Look here", "두 번째 줄\n<b>이탈리아</b>", "a\u2028b\u202ec \\ \" \t", "😀" * 20)
NOTES = tuple(Note(f"n{number}", number * 1000, number * 1000 + number % 2, text, 5, "e-asks" if number else "")
              for number, text in enumerate(TEXTS))


def add(note: Note, own: str = "") -> Edit:
    return Edit(own or f"add-{note.id}", "add", note)


def undo(of: str, own: str = "") -> Edit:
    return Edit(own or f"undo-{of}", "undo", of=of)


# --- The file ---


def test_that_nothing_is_written_before_the_first_note(tmp_path):
    place = place_of(tiny_dataset(), tmp_path / "notes")
    assert read(place) == Journal()
    assert not (tmp_path / "notes").exists()


def test_that_notes_come_back_as_they_were_written(tmp_path):
    place = tmp_path / "notes" / "f.jsonl"
    written = append(place, "tiny", [add(note) for note in NOTES])
    assert read(place).notes == written.notes == NOTES
    first, *lines = place.read_text("utf-8").split("\n")
    assert json.loads(first) == {"timeline_notes": 1, "dataset": "tiny"}
    assert [json.loads(line)["do"] for line in lines if line] == ["add"] * 4


def test_that_all_good_lines_load_wherever_a_crash_cuts_the_file(tmp_path):
    place = tmp_path / "f.jsonl"
    append(place, "tiny", [*map(add, NOTES), Edit("r", "remove", of="n0"), undo("r")])
    whole = place.read_bytes()
    ends = [at + 1 for at, byte in enumerate(whole) if byte == 10]
    for cut in range(len(whole) + 1):
        journal = parsed(whole[:cut], "f.jsonl")
        complete = sum(end - 1 <= cut for end in ends[1:])
        assert [edit.id for edit in journal.edits] == [*(f"add-{one.id}" for one in NOTES), "r", "undo-r"][:complete]
        is_torn = cut > 0 and cut not in ends and cut + 1 not in ends
        assert [(one.code, one.line) for one in journal.problems] == (
            [("note_line_torn", whole[:cut].count(b"\n") + 1)] if is_torn else [])


@pytest.mark.parametrize("cut", [1, 30, -1, -9])
def test_that_work_goes_on_after_a_torn_line(tmp_path, cut):
    place = tmp_path / "f.jsonl"
    append(place, "tiny", [add(NOTES[0]), add(NOTES[1])])
    place.write_bytes(place.read_bytes()[:cut])
    before = read(place).notes
    append(place, "tiny", [add(NOTES[2])])
    assert read(place).notes == in_time((*before, NOTES[2]))


def test_that_a_line_written_twice_counts_once(tmp_path):
    place = tmp_path / "f.jsonl"
    edits = [add(NOTES[0]), Edit("r", "remove", of="n0"), undo("r")]
    append(place, "tiny", edits)
    size = place.stat().st_size
    assert append(place, "tiny", edits).edits == tuple(edits)
    assert place.stat().st_size == size
    assert parsed(place.read_bytes() * 2, "").edits == tuple(edits)


def test_that_a_second_window_sees_what_the_first_one_wrote_and_both_stay(tmp_path):
    place = tmp_path / "f.jsonl"
    append(place, "tiny", [add(NOTES[0])])
    assert append(place, "tiny", [add(NOTES[1])]).notes == NOTES[:2]
    assert append(place, "tiny", [undo("add-n0")]).notes == NOTES[1:2]


def test_that_many_processes_writing_at_once_lose_nothing(tmp_path):
    place = tmp_path / "f.jsonl"
    script = (
        "import sys, pathlib\nfrom timeline_app.engine.note_journal import Edit, append\n"
        "from timeline_app.domain.notes import Note\nwho = sys.argv[2]\n"
        "for n in range(20):\n"
        "    note = Note(f'{who}{n}', n, n, 'x' * 999)\n"
        "    append(pathlib.Path(sys.argv[1]), 'tiny', [Edit(f'{who}{n}', 'add', note)])\n")
    started = [subprocess.Popen([sys.executable, "-c", script, str(place), who]) for who in "abc"]
    assert [one.wait(60) for one in started] == [0, 0, 0]
    journal = read(place)
    assert {one.id for one in journal.notes} == {f"{who}{n}" for who in "abc" for n in range(20)}
    assert journal.problems == ()


@pytest.mark.parametrize(("number", "code"), [
    (errno.ENOSPC, "notes_disk_full"), (errno.EROFS, "notes_closed"), (errno.EIO, "notes_not_saved")])
def test_that_what_cannot_be_kept_is_said_in_words(tmp_path, monkeypatch, number, code):
    def refuse(*args):
        raise OSError(number, "no")

    monkeypatch.setattr(append_only.os, "write", refuse)
    with pytest.raises(UserError) as error:
        append(tmp_path / "f.jsonl", "tiny", [add(NOTES[0])])
    assert error.value.code == code
    assert read(tmp_path / "f.jsonl").notes == ()


def test_that_a_folder_that_cannot_be_made_is_said_in_words(tmp_path):
    (tmp_path / "notes").write_text("a file")
    with pytest.raises(UserError, match="notes_not_saved"):
        append(tmp_path / "notes" / "f.jsonl", "tiny", [add(NOTES[0])])


def test_that_an_unreadable_place_is_a_problem_and_no_end(tmp_path):
    (tmp_path / "f").mkdir()
    assert [one.code for one in read(tmp_path / "f").problems] == ["notes_unreadable"]


HOSTILE = [
    b"{}", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"do":"add"}', b'{"do":"undo"}', b'{"do":"explode","of":"x"}',
    b'{"do":"add","note":{"id":"x","start":1,"end":0,"text":"t"}}',
    b'{"do":"add","note":{"id":"../x","start":1,"end":1,"text":"t"}}',
    b'{"do":"add","note":{"id":"x","start":1,"end":1,"text":" \\n "}}',
    b'{"do":"add","note":{"id":"x","start":1.5,"end":2,"text":"t"}}',
    b'{"do":"add","note":{"id":"x","start":1,"end":1e999,"text":"t"}}',
    b'{"do":"add","note":{"id":"x","start":-99999999999999999999,"end":1,"text":"t"}}',
    b'{"do":"add","note":{"id":"x","start":1,"end":1,"text":5}}',
]


@pytest.mark.parametrize("line", HOSTILE, ids=range(len(HOSTILE)))
def test_that_a_line_that_is_no_edit_is_listed_and_the_rest_loads(line):
    good = b'{"do":"add","note":{"id":"ok","start":1,"end":1,"text":"fine"}}'
    journal = parsed(line + b"\n" + good + b"\n", "f.jsonl")
    assert [one.text for one in journal.notes] == ["fine"]
    assert [(one.code, one.file, one.line) for one in journal.problems] == [("note_line_unreadable", "f.jsonl", 1)]


def test_that_a_file_of_a_later_version_says_so():
    assert [one.code for one in parsed(b'{"timeline_notes":2}\n', "").problems] == ["notes_of_later_version"]


def test_that_many_bad_lines_are_not_all_listed():
    assert len(parsed(b"x\n" * 5_000, "").problems) == note_journal.MOST_PROBLEMS


@given(st.text(st.characters(), max_size=50), st.integers(MIN_INSTANT, MAX_INSTANT))
def test_that_any_text_at_any_instant_is_kept_and_never_raises(text, at):
    note = Note("n", at, at, f"a{text}")
    line = note_journal._lines(b"", "tiny", [add(note)])
    journal = parsed(line, "")
    assert journal.problems == ()
    (kept,) = journal.notes
    assert kept.start == at and kept.text == note_journal.clean_text(note.text)[0]


@given(st.binary(max_size=200))
def test_that_no_bytes_break_the_reader(data):
    assert isinstance(parsed(data, "").notes, tuple)


# --- Undo and redo ---


def test_that_undo_reaches_back_to_the_first_edit_and_redo_all_the_way_forward():
    first, second = NOTES[0], replace(NOTES[0], text="changed")
    journal, seen = Journal(), [()]
    for edit in (add(first), Edit("c", "change", second), Edit("r", "remove", of="n0")):
        journal = journal.with_edits([edit])
        seen.append(journal.notes)
    assert seen == [(), (first,), (second,), ()]
    for number, expected in enumerate(reversed(seen[:-1])):
        journal = journal.with_edits([undo(journal.undoable.id, f"u{number}")])
        assert journal.notes == expected
    assert journal.undoable is None
    for number, expected in enumerate(seen[1:]):
        journal = journal.with_edits([Edit(f"re{number}", "redo", of=journal.redoable.id)])
        assert journal.notes == expected
    assert journal.redoable is None


def test_that_something_new_ends_what_could_be_redone():
    journal = Journal().with_edits([add(NOTES[0]), undo("add-n0"), add(NOTES[1])])
    assert journal.redoable is None and journal.notes == (NOTES[1],)
    assert journal.with_edits([Edit("late", "redo", of="add-n0")]).notes == (NOTES[1],)


def test_that_a_change_of_a_note_that_is_gone_changes_nothing():
    journal = Journal().with_edits([Edit("c", "change", NOTES[0]), Edit("r", "remove", of="n9"), undo("nothing")])
    assert journal.notes == ()


DO = st.sampled_from(["add", "change", "remove", "undo", "redo"])
STEPS = st.lists(st.tuples(DO, st.integers(0, 3)), max_size=40)


@given(STEPS)
def test_that_undo_and_redo_behave_as_a_list_of_states_would(steps):
    """Against the simplest thing there is: every state kept, and a place among them."""
    journal, states, at = Journal(), [{}], 0
    for number, (do, which) in enumerate(steps):
        note = replace(NOTES[which], text=f"text {number}")
        if do == "undo":
            edits = [undo(journal.undoable.id, f"e{number}")] if journal.undoable else []
            at = max(0, at - 1)
        elif do == "redo":
            edits = [Edit(f"e{number}", "redo", of=journal.redoable.id)] if journal.redoable else []
            at = min(len(states) - 1, at + 1)
        else:
            if do != "add" and note.id not in states[at]:
                continue
            edits = [Edit(f"e{number}", do, None if do == "remove" else note, note.id if do == "remove" else "")]
            after = {**states[at], note.id: note}
            if do == "remove":
                del after[note.id]
            states, at = [*states[: at + 1], after], at + 1
        journal = journal.with_edits(edits)
        assert journal.notes == in_time(tuple(states[at].values()))
    lines = note_journal._lines(b"", "tiny", journal.edits)
    assert parsed(lines, "").notes == journal.notes


# --- Where they are ---


def test_that_a_dataset_that_was_edited_moved_or_renamed_keeps_its_notes(tmp_path):
    one = tiny_dataset(path="/one/place")
    other = tiny_dataset(path="/another", events=(), meta=tiny_meta(name="renamed"))
    assert place_of(one) == place_of(other)


def test_that_files_without_an_id_are_told_apart_by_their_place(tmp_path):
    meta = tiny_meta(id="", name="events")
    places = {place_of(tiny_dataset(meta=meta, path=str(tmp_path / name / "events.csv"))) for name in "ab"}
    assert len(places) == 2 and all(one.name.startswith("events-") for one in places)
    assert place_of(tiny_dataset(meta=tiny_meta(id="events"))) not in places


@pytest.mark.parametrize("hostile", ["../../etc/passwd", "CON", "a" * 5_000, "ㄱ", "x\0y", "\ud800", "nul.jsonl"])
def test_that_any_id_makes_a_plain_file_name_of_its_own(tmp_path, hostile):
    place = place_of(tiny_dataset(meta=tiny_meta(id=hostile)), tmp_path)
    assert place.parent == tmp_path and len(place.name) < 80 and place.name.isascii()
    assert place != place_of(tiny_dataset(meta=tiny_meta(id=f"{hostile}x")), tmp_path)


def test_that_a_dataset_that_is_still_being_read_has_no_place():
    assert place_of(tiny_dataset(meta=tiny_meta(id=""), path="")) is None


def test_that_notes_live_in_the_folder_that_the_system_has_for_a_persons_data(own_home):
    assert own_home in place_of(tiny_dataset()).parents
    assert place_of(tiny_dataset()).parent.name == "notes"
    assert os.environ["XDG_CONFIG_HOME"] not in str(place_of(tiny_dataset()))


def test_that_a_note_has_an_id_that_is_plain():
    assert is_note_id("n-1_a") and not any(map(is_note_id, ("", "-a", "a b", "a" * 65, "é", "a\n")))


def test_that_a_note_says_its_first_line():
    assert Note("n", 0, 0, "\n  one \ntwo").first_line == "one"


# --- Killed ---


WRITER = (
    "import sys, pathlib\nfrom timeline_app.engine.note_journal import Edit, append\n"
    "from timeline_app.domain.notes import Note\nplace, first = pathlib.Path(sys.argv[1]), int(sys.argv[2])\n"
    "for n in range(first, first + 10_000):\n"
    "    append(place, 'tiny', [Edit(f'e{n}', 'add', Note(f'n{n}', n, n, 'x' * (n % 700 + 1)))])\n"
    "    print(n, flush=True)\n")


def kills(place, times):
    """Write until killed, again and again; every edit that was acknowledged must be there afterwards."""
    for round_ in range(times):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(place), str(round_ * 10_000)],
                                  stdout=subprocess.PIPE, text=True)
        lines = [writer.stdout.readline() for _ in range(3 + round_ * 7 % 11)]
        writer.kill()
        lines += writer.stdout.read().splitlines()
        acknowledged = {f"n{line.strip()}" for line in lines}
        writer.stdout.close()
        writer.wait(60)
        journal = read(place)
        found = {note.id for note in journal.notes}
        assert acknowledged <= found
        assert {problem.code for problem in journal.problems} <= {"note_line_torn", "note_line_unreadable"}


def test_that_what_was_acknowledged_outlives_being_killed(tmp_path):
    kills(tmp_path / "f.jsonl", 6)


@pytest.mark.long
def test_that_what_was_acknowledged_outlives_being_killed_two_hundred_times(tmp_path):
    kills(tmp_path / "f.jsonl", 200)

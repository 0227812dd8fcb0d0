"""Visits are counted without persons, and no fault of disk or clock stops or forges the counting (K25, K42)."""

from __future__ import annotations

import errno
import json
import math
import os
import shutil
from datetime import UTC, datetime

import pytest

from kiosk_visits import LATER, MORNING, counted, lines, told, visit
from timeline_app.base import safe_io
from timeline_app.engine import visits
from timeline_app.engine.visits import COLUMNS, DAMAGED, DWELLS, FILE, Visits

# --- What is counted ---


def test_that_sessions_screens_languages_and_dwell_are_counted():
    kept = Visits(None)
    for dwell in (0, 59.9, 60, 179, 180, 599, 600, 1e9) * 5:
        visit(kept, MORNING, "ko", dwell, ["home", "card"])
    for _ in range(6):
        visit(kept, MORNING, "en", 10)
    assert told(kept, "sessions") == [(0, 1, 46)]
    assert (told(kept, "screen", "home"), told(kept, "screen", "card")) == ([(0, 1, 46)], [(0, 1, 40)])
    assert (told(kept, "language", "ko"), told(kept, "language", "en")) == ([(0, 1, 40)], [(0, 1, 6)])
    assert [told(kept, "dwell", name)[0][2] for name in DWELLS] == [16, 10, 10, 10]


def test_that_one_visitor_who_opens_a_screen_ten_times_is_one():
    kept = counted(4, screens=["home", *["card"] * 10])
    assert kept.table(LATER) == ()
    visit(kept, MORNING, screens=["home", *["card"] * 10])
    assert told(kept, "screen", "card") == [(0, 1, 5)]


@pytest.mark.parametrize("name", ["pin", "staff", "", "home ", "sessions", "e-some-event", "=1+1", "\ud800", "card\nx"])
def test_that_no_word_gets_in_but_those_of_the_closed_lists(tmp_path, name):
    kept = Visits(tmp_path)
    for _ in range(9):
        visit(kept, MORNING, name, screens=[name])
    kept.save_now()
    assert {row.which for row in kept.table(LATER)} == {""}
    held = json.loads((tmp_path / FILE).read_bytes())
    assert held["hours"] == [[MORNING, 9, *[0] * 7, 9, 0, 0, 0]]


def test_that_an_end_without_a_beginning_is_none():
    kept = counted(5)
    for _ in range(20):
        kept.end(700, MORNING)
    assert Visits(None)._hours == {}
    assert kept._hours == counted(5)._hours


def test_that_nothing_counts_between_two_visits():
    kept = counted(5)
    kept.screen("home", MORNING)
    kept.language("ko", MORNING)
    assert kept._hours == counted(5)._hours


def test_that_a_visit_has_one_language_the_last_of_its_first_hour():
    kept = Visits(None)
    for changes in (["en"], ["en", "ko"], ["en", "ko", "en"], ["en", "ko", "en", "ko"], ["ko", "ko"], ["xx", "ko"]):
        kept.begin(MORNING)
        for code in changes:
            kept.language(code, MORNING)
        kept.language("en", MORNING + 1)
        kept.end(5, MORNING + 1)
    english, korean = COLUMNS.index("language_en"), COLUMNS.index("language_ko")
    assert (kept._hours[MORNING][english], kept._hours[MORNING][korean]) == (2, 4)
    assert (kept._hours[MORNING + 1][english], kept._hours[MORNING + 1][korean]) == (0, 0)


@pytest.mark.parametrize("dwell", [-5, math.nan, math.inf, -math.inf])
def test_that_an_odd_length_is_still_a_visit(dwell):
    assert told(counted(7, dwell=dwell), "sessions") == [(0, 1, 7)]


# --- The disk ---


def test_that_what_was_saved_is_there_after_a_start_and_goes_on(tmp_path):
    for start in range(1, 4):
        kept = Visits(tmp_path)
        for _ in range(3):
            visit(kept, MORNING)
        kept.save_now()
        assert Visits(tmp_path)._hours[MORNING][0] == 3 * start
    assert os.listdir(tmp_path) == [FILE]


def test_that_it_is_written_at_most_once_a_minute_and_only_what_is_new(tmp_path, monkeypatch):
    written = []
    monkeypatch.setattr(visits, "write_atomic", lambda *what: written.append(what))
    kept = Visits(tmp_path)
    kept.save(0.0)
    assert written == []
    for second in range(600):
        visit(kept, MORNING)
        kept.save(1e6 + second)
    assert len(written) == 10
    kept.save_now()
    kept.save_now()
    kept.save(1e9)
    assert len(written) == 11
    visit(kept, MORNING)
    kept.save(5.0)  # another clock, after a start anew
    assert len(written) == 12


@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EROFS, errno.EIO, errno.EACCES])
@pytest.mark.parametrize("step", ["open", "fsync", "replace"])
def test_that_a_disk_that_refuses_keeps_the_counts_in_memory_until_it_takes_them(tmp_path, monkeypatch, step, reason):
    def refuse(*_: object) -> None:
        raise OSError(reason, "no")

    kept = Visits(tmp_path)
    assert kept.is_kept
    with monkeypatch.context() as patch:
        patch.setattr(safe_io.os, step, refuse)
        for minute in range(5):
            visit(kept, MORNING)
            kept.save(minute * 60.0)
    assert not kept.is_kept
    assert os.listdir(tmp_path) == []
    kept.save(300.0)
    assert kept.is_kept
    assert Visits(tmp_path)._hours == kept._hours == counted(5)._hours


def test_that_a_folder_that_vanished_is_made_again(tmp_path):
    kept = Visits(tmp_path / "kept")
    for _ in range(2):
        visit(kept, MORNING)
        kept.save_now()
        assert Visits(tmp_path / "kept")._hours == kept._hours
        shutil.rmtree(tmp_path / "kept")


def test_that_memory_mode_counts_and_exports_and_writes_nothing_else(tmp_path):
    kept = counted(9)
    kept.save(0.0)
    kept.save_now()
    assert not kept.is_kept
    kept.export_csv(tmp_path / "visits.csv", LATER)
    assert lines(tmp_path / "visits.csv")[1][-1] == "9"


def kept_file(**changed: object) -> bytes:
    row = [MORNING, *[1] * len(COLUMNS)]
    return json.dumps({"version": 1, "columns": COLUMNS, "hours": [row], **changed}).encode()


ROW = [MORNING, *[1] * len(COLUMNS)]
BROKEN = [b"", b"\0" * 500, b"null", b"[]", b"[" * 100_000, b"\xff\xfe", kept_file()[:-5], kept_file(version=2),
          kept_file(columns=COLUMNS[:-1]), kept_file(columns=["typed", *COLUMNS[1:]]), kept_file(typed="words"),
          *(kept_file(hours=[row]) for row in (
              [], ROW[:-1], [*ROW, 1], [-1, *ROW[1:]], [10**8, *ROW[1:]], [*ROW[:-1], -1], [*ROW[:-1], 0.5],
              [*ROW[:-1], True], [*ROW[:-1], "1"], [*ROW[:-1], None], [*ROW[:-1], 10**12])),
          kept_file(hours=[ROW, ROW]), kept_file(hours=[[hour, *ROW[1:]] for hour in range(9_700)])]


@pytest.mark.parametrize("data", BROKEN, ids=range(len(BROKEN)))
def test_that_a_damaged_file_is_kept_once_and_counting_begins_anew(tmp_path, data):
    for _ in range(3):
        (tmp_path / FILE).write_bytes(data)
        kept = Visits(tmp_path)
        assert kept._hours == {}
        assert (tmp_path / DAMAGED).read_bytes() == data
        visit(kept, MORNING)
        kept.save_now()
        assert Visits(tmp_path)._hours == kept._hours
    assert sorted(os.listdir(tmp_path)) == sorted([FILE, DAMAGED])


def test_that_a_file_of_its_own_kind_is_no_damage(tmp_path):
    (tmp_path / FILE).write_bytes(kept_file())
    assert Visits(tmp_path)._hours == {MORNING: ROW[1:]}
    assert os.listdir(tmp_path) == [FILE]


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_that_what_is_no_file_is_put_aside_and_never_waited_for(tmp_path, kind):
    path, other = tmp_path / "place" / FILE, tmp_path / "other"
    path.parent.mkdir()
    other.write_bytes(kept_file())
    {"link": lambda: path.symlink_to(other), "folder": path.mkdir,
     "pipe": lambda: getattr(os, "mkfifo", os.mkdir)(path)}[kind]()
    kept = Visits(path.parent)
    visit(kept, MORNING)
    kept.save_now()
    assert Visits(path.parent)._hours == kept._hours
    assert other.read_bytes() == kept_file()


# --- The clock, and years ---


@pytest.mark.parametrize("jump", [24, -24, 24 * 365, -MORNING, 1])
def test_that_a_jump_of_the_clock_loses_no_visit_and_tells_none_of_the_future(jump):
    kept = counted(7)
    for _ in range(8):
        visit(kept, MORNING + jump)
    for _ in range(6):
        visit(kept, MORNING + 1)
    rows = [row for row in kept.table(MORNING + 2) if row.counted == "sessions"]
    assert sum(row.visits for row in rows) == (13 if jump > 1 else 21)
    assert sum(row.visits for row in kept.table(LATER * 2) if row.counted == "sessions") == 21


@pytest.mark.parametrize("night", [datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 11, 1, 6, tzinfo=UTC)])
def test_that_summer_time_neither_doubles_nor_loses_an_hour(tmp_path, night):
    """Chicago's clocks jump at these times; hours are those of UTC, and so is what is told."""
    kept, first = Visits(None), int(night.timestamp()) // 3600
    for hour in range(first - 1, first + 3):
        for _ in range(5):
            visit(kept, hour)
    kept.export_csv(tmp_path / "visits.csv", first + 3)
    found = [row[:2] for row in lines(tmp_path / "visits.csv") if row[2] == "sessions"]
    assert len({one for one, _ in found}) == 4
    assert [one for one, _ in found[1:]] == [end for _, end in found[:-1]]


@pytest.mark.parametrize("hour", [-1, -10**12, 10**8, 10**30])
def test_that_an_hour_that_no_clock_of_use_says_is_not_counted(hour):
    assert counted(9, hour)._hours == {}


def test_that_ten_years_are_bounded_and_the_oldest_months_go_as_a_whole(tmp_path):
    kept, days = Visits(tmp_path), 800
    for day in range(days):
        for hour in range(24):
            visit(kept, MORNING + 24 * day + hour)
    assert 400 * 24 - 31 * 24 <= len(kept._hours) <= 400 * 24
    assert max(kept._hours) == MORNING + 24 * days - 1
    first = datetime.fromtimestamp(min(kept._hours) * 3600, UTC)
    assert (first.day, first.hour) == (1, 0)
    kept.save_now()
    assert (tmp_path / FILE).stat().st_size < 500_000
    assert Visits(tmp_path)._hours == kept._hours


def test_that_a_clock_that_was_wrong_by_a_century_does_not_push_out_what_was_counted():
    kept = counted(9)
    visit(kept, MORNING + 24 * 365 * 100)
    assert kept._hours[MORNING][0] == 9

"""What is told of visits to a kiosk: nothing below five, nor can it be worked out, and nothing but what is documented
(K42)."""

from __future__ import annotations

import errno
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ground import tree
from kiosk_visits import LATER, MORNING, counted, lines, told, visit
from timeline_app.base import safe_io
from timeline_app.base.problems import UserError
from timeline_app.base.text import LANGUAGES
from timeline_app.engine.visits import COLUMNS, CSV_COLUMNS, DWELLS, FILE, SCREENS, Row, Visits


def test_that_fewer_than_five_are_not_told_and_five_are():
    assert counted(4).table(LATER) == ()
    assert told(counted(5), "sessions") == [(0, 1, 5)]


def test_that_an_hour_that_is_not_over_is_not_told():
    kept = counted(50)
    assert kept.table(MORNING) == ()
    assert kept.table(MORNING + 1) != ()


def test_that_quiet_hours_are_told_as_one_stretch_within_a_day():
    kept = Visits(None)
    for hour, times in ((0, 3), (1, 1), (2, 4), (3, 9), (4, 2), (24, 4), (25, 1)):
        for _ in range(times):
            visit(kept, MORNING + hour)
    assert told(kept, "sessions") == [(0, 3, 8), (3, 4, 9), (24, 26, 5)]


def test_that_languages_are_told_once_each_was_read_five_times_within_a_month():
    kept = Visits(None)
    for day in range(4):
        for _ in range(8):
            visit(kept, MORNING + 24 * day, "ko")
        for _ in range(2):
            visit(kept, MORNING + 24 * day, "en")
    assert told(kept, "sessions") == [(24 * day, 24 * day + 1, 10) for day in range(4)]
    assert (told(kept, "language", "ko"), told(kept, "language", "en")) == ([(0, 49, 24)], [(0, 49, 6)])
    month = 24 * 5  # 1 December
    for _ in range(9):
        visit(kept, MORNING + month, "en")
    assert told(kept, "language", "en") == [(0, 49, 6)]


def test_that_a_screen_that_few_saw_is_left_out_of_its_stretch():
    kept = counted(20, screens=["home"])
    for _ in range(4):
        visit(kept, MORNING, screens=["home", "play"])
    assert (told(kept, "screen", "home"), told(kept, "screen", "play")) == ([(0, 1, 24)], [])


def worlds(cells: int, most: int) -> Iterable[tuple[int, ...]]:
    """Every way to spread up to `most` visits over cells."""
    if not cells:
        yield ()
        return
    for first in range(most + 1):
        yield from ((first, *rest) for rest in worlds(cells - 1, most - first))


def world_of(counts: tuple[int, ...]) -> Visits:
    """A kiosk with visits in English and Korean, in one hour after the other, each of one language."""
    kept = Visits(None)
    for place, times in enumerate(counts):
        for _ in range(times):
            visit(kept, MORNING + place // 2, LANGUAGES[place % 2])
    return kept


def test_that_who_knows_every_rule_and_that_a_visit_has_one_language_works_out_no_small_number():
    """All histories of two hours: whatever is told, another history with other small numbers tells the same."""
    same: dict[tuple[Row, ...], list[tuple[int, ...]]] = defaultdict(list)
    for counts in worlds(4, 14):
        same[world_of(counts).table(LATER)].append(counts)
    assert len(same) > 50
    for table, histories in same.items():
        sessions = [(one + other, three + four) for one, other, three, four in histories]
        for cells in (histories, sessions):
            for values in zip(*cells, strict=True):
                assert len(set(values)) > 1 or not 0 < values[0] < 5, (table, histories)


@given(some.lists(some.tuples(some.integers(0, 80), some.sampled_from(LANGUAGES), some.integers(0, 900),
                              some.sets(some.sampled_from(SCREENS))), max_size=150), some.integers(0, 90))
def test_that_whatever_happened_numbers_are_at_least_five_and_stretches_never_overlap(happened, now):
    kept, table = Visits(None), {}
    for hour, language, dwell, screens in sorted(happened, key=lambda one: one[0]):
        if hour >= now and now not in table:
            table[now] = kept.table(MORNING + now)
        visit(kept, MORNING + hour, language, dwell, screens)
    rows = kept.table(MORNING + now)
    assert table.get(now, rows) == rows  # what is told does not change by what comes later
    assert all(row.visits >= 5 and row.end_hour <= MORNING + now for row in rows)
    edges = {(row.first_hour, row.end_hour) for row in rows if row.counted == "sessions"}
    starts, ends = {first for first, _ in edges}, {end for _, end in edges}
    for kind in {(row.counted, row.which) for row in rows}:
        own = [row for row in rows if (row.counted, row.which) == kind]
        assert all(one.end_hour <= other.first_hour for one, other in zip(own, own[1:], strict=False))
        assert all(row.first_hour in starts and row.end_hour in ends for row in own)


VALUES = {"from": r"\d{4}-\d\d-\d\dT\d\d:00Z", "until": r"\d{4}-\d\d-\d\dT\d\d:00Z",
          "counted": "sessions|screen|language|dwell", "which": "|".join(["", *SCREENS, *LANGUAGES, *DWELLS]),
          "visits": r"\d+"}


def test_that_the_csv_has_these_columns_with_these_values_and_no_other(tmp_path):
    kept = Visits(None)
    for place in range(40):
        visit(kept, MORNING, LANGUAGES[place % 2], 90 * (place % 8), SCREENS)
    kept.export_csv(tmp_path / "visits.csv", LATER)
    head, *rows = lines(tmp_path / "visits.csv")
    assert tuple(head) == CSV_COLUMNS == tuple(VALUES)
    assert len(rows) == len(COLUMNS)
    assert [row for row in rows if not all(map(re.fullmatch, VALUES.values(), row))] == []
    assert rows[0] == ["2026-11-26T09:00Z", "2026-11-26T10:00Z", "sessions", "", "40"]
    assert (tmp_path / "visits.csv").read_bytes().isascii()


def test_that_the_file_on_the_disk_has_these_members_and_no_other(tmp_path):
    kept = Visits(tmp_path)
    visit(kept, MORNING, "ko", 200, ["card"])
    kept.save_now()
    held = json.loads((tmp_path / FILE).read_bytes())
    assert held.keys() == {"version", "columns", "hours"}
    assert held["columns"] == list(COLUMNS)
    assert COLUMNS == ("sessions", "screen_home", "screen_know", "screen_closer", "screen_play", "screen_card",
                       "language_en", "language_ko", "dwell_under_1_min", "dwell_1_to_3_min",
                       "dwell_3_to_10_min", "dwell_over_10_min")
    assert all(type(cell) is int for row in held["hours"] for cell in row)
    assert os.name == "nt" or (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_that_the_guide_names_every_column_and_word_of_the_csv():
    guide = (tree.ROOT / "docs" / "KIOSK.md").read_text(encoding="utf-8")
    for title in ("## Counts of visits", "### 방문 수"):
        part = guide.split(f"\n{title}\n")[1].split("\n#")[0]
        table = [line.split("|")[1:-1] for line in part.splitlines() if line.startswith("| `")]
        assert [row[0].strip(" `") for row in table] == list(CSV_COLUMNS)
        words = set(re.findall(r"`(\w+)`", "".join(cell for row in table for cell in row[1:])))
        assert words == {"sessions", "screen", "language", "dwell", *SCREENS, *LANGUAGES, *DWELLS}


def test_that_an_export_is_whole_or_not_at_all(tmp_path, monkeypatch):
    kept, path = counted(9), tmp_path / "visits.csv"
    path.write_text("before", encoding="utf-8")
    for step in ("fsync", "replace", "open"):
        def pulled(*_: object) -> None:
            raise OSError(errno.EIO, "the stick is gone")

        with monkeypatch.context() as patch:
            patch.setattr(safe_io.os, step, pulled)
            with pytest.raises(UserError, match="counts_not_saved"):
                kept.export_csv(path)
        assert path.read_text(encoding="utf-8") == "before"
        assert os.listdir(tmp_path) == ["visits.csv"]
    with pytest.raises(UserError, match="counts_not_saved"):
        kept.export_csv(tmp_path / "no" / "visits.csv")
    kept.export_csv(path)
    assert tuple(lines(path)[0]) == CSV_COLUMNS

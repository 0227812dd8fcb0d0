"""Lists that spreadsheets, servers and strangers have damaged, through the whole import.

Good rows are kept, bad ones named, and times are right within what is stated."""

from __future__ import annotations

import csv
import gzip
import io
import random
import subprocess
import sys
from pathlib import Path

import pytest

from timeline_app.domain.snowflake import EPOCH_MS
from timeline_app.engine.tweets import lines
from timeline_app.engine.tweets.batch import BEFORE_SCHEME, DAMAGED
from tweets import stored
from tweets.readers.made import jsonl, v2

ROOT = Path(__file__).resolve().parents[2]
LUCK = random.Random(15)
IDS = sorted({LUCK.randrange(1_220_000_000_000_000_000, 1_300_000_000_000_000_000) for _ in range(400)})
MEASURED = """
import resource, sys
from pathlib import Path
from timeline_app.engine.tweets import collection
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
collection.import_sources([Path(sys.argv[1])], Path(sys.argv[2]))
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def ms(number: int) -> int:
    return (number >> 22) + EPOCH_MS


def imported(tmp_path: Path, data: bytes, name: str = "list.txt"):
    (tmp_path / name).write_bytes(data)
    return stored.imported(tmp_path / "out", tmp_path / name)


def right(store, true: list[int]) -> bool:
    """Whether every true time lies within the interval of a row of the store, and every row has one."""
    spans = [(ms(number) - width, ms(number) + width) for number, width in zip(
        store.rows.ids.tolist(), stored.number(store, "half_width_ms"), strict=True)]
    return (all(any(low <= ms(one) <= high for low, high in spans) for one in true)
            and all(any(low <= ms(one) <= high for one in true) for low, high in spans))


def test_that_fifteen_digits_of_a_spreadsheet_keep_their_times(tmp_path):
    cut = [one // 10_000 * 10_000 for one in IDS]
    store = imported(tmp_path, b"tweet_id,lang\n" + b"".join(b"%d,en\n" % one for one in cut))
    assert len(store) == len(set(cut))
    assert store.manifest.counts["damaged"] == len(set(cut))
    assert set(stored.number(store, "half_width_ms")) == {1}
    assert right(store, IDS)


@pytest.mark.parametrize(("digits", "most"), [(6, 20 * 60_000), (5, int(3.4 * 3_600_000)), (4, 34 * 3_600_000)])
def test_that_scientific_notation_keeps_the_time_within_what_is_stated(tmp_path, digits, most):
    short = [f"{one:.{digits - 1}e}".replace("e", "E") for one in IDS]
    store = imported(tmp_path, "\n".join(["id", *short]).encode())
    assert len(store) == len(set(short))
    assert store.manifest.counts["damaged"] == len(store)
    assert 0 < max(stored.number(store, "half_width_ms")) <= most
    assert right(store, IDS)


def test_that_one_blank_cell_changes_no_other_id(tmp_path):
    rows = [[str(one), "en"] for one in IDS]
    rows[7][0] = ""
    out = io.StringIO()
    csv.writer(out).writerows([["tweet_id", "lang"], *rows])
    store = imported(tmp_path, out.getvalue().encode())
    assert store.rows.ids.tolist() == [*IDS[:7], *IDS[8:]]
    assert stored.refused(store) == [("list.txt", 9, "no_id")]


def test_that_lines_of_text_are_listed_with_their_bytes_and_the_others_kept(tmp_path):
    words = {3: b"<html>", 50: b"404 Not Found", 399: b"1267727923328540673x"}
    data = b"".join(words.get(at, b"%d" % one) + b"\n" for at, one in enumerate(IDS))
    store = imported(tmp_path, data)
    assert store.rows.ids.tolist() == [one for at, one in enumerate(IDS) if at not in words]
    assert stored.refused(store) == [("list.txt", at + 1, "not_an_id") for at in words]
    for line in store.manifest.refused_lines:
        start = line.start.encode("latin-1")
        assert data[line.offset : line.offset + len(start)] == start


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("head", ["", "id", "tweet_id,lang"])
def test_that_marks_line_ends_and_wide_letters_change_nothing(tmp_path, encoding, end, head):
    text = end.join(([head] if head else []) + [f"{one},ko" if "," in head else str(one) for one in IDS])
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    store = imported(tmp_path, mark + text.encode(encoding))
    assert (store.rows.ids.tolist(), store.manifest.refused, store.manifest.counts["damaged"]) == (IDS, 0, 0)


def test_that_old_ids_are_kept_as_old_and_make_no_false_day(tmp_path):
    store = imported(tmp_path, b"27758622443\n1480402543\n" + b"".join(b"%d\n" % one for one in IDS))
    assert stored.number(store, "flags")[:2] == [BEFORE_SCHEME, BEFORE_SCHEME]
    assert store.manifest.counts["before_scheme"] == 2
    assert int(store.minutes[0]) == 2


def test_that_packed_members_that_follow_each_other_are_all_read(tmp_path):
    data = b"".join(gzip.compress(b"%d\n" % one) for one in IDS) + b"\0" * 512
    assert imported(tmp_path, data, "list.gz").rows.ids.tolist() == IDS


@pytest.mark.parametrize("kind", ["ids", "json"])
def test_that_a_packed_file_that_was_cut_gives_what_is_whole(tmp_path, kind):
    data = b"".join(b"%d\n" % one for one in IDS)
    if kind == "json":
        data = jsonl(*(v2(number, LUCK.randbytes(50).hex()) for number in range(400)))
    packed = gzip.compress(data)
    store = imported(tmp_path, packed[: len(packed) * 3 // 4], "list.gz")
    assert 200 < len(store) < 400
    [(file, line, reason)] = stored.refused(store)
    assert (file, line, reason) == ("list.gz", len(store) + 1, "cut_file")


def test_that_a_packed_file_that_grows_beyond_measure_is_ended_and_its_beginning_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "_HARMLESS", 1_000_000)
    monkeypatch.setattr(lines, "_RATIO", 20)
    data = b"".join(b"%d\n" % one for one in IDS) + b"0" * 30_000_000
    store = imported(tmp_path, gzip.compress(data), "bomb.gz")
    assert store.rows.ids.tolist() == IDS
    assert stored.refused(store)[-1][2] in ("expands_too_far", "line_too_long")


@pytest.mark.parametrize("kind", ["ids", "jsonl", "array"])
def test_that_a_line_of_three_hundred_megabytes_costs_no_memory(tmp_path, kind):
    before, behind = {"ids": (b"%d\n" % IDS[0], b"\n%d\n" % IDS[1]), "array": (b"[" + jsonl(v2(1, "x")) + b",", b"]"),
                      "jsonl": (jsonl(v2(1, "x")) + b'{"id": "', b'"}\n' + jsonl(v2(2, "y")))}[kind]
    path = tmp_path / "long.txt"
    with path.open("wb") as out:
        out.write(before)
        for _ in range(300):
            out.write(b'{"id":"' + b"x" * 999_990 if kind == "array" else b"x" * 1_000_000)
        out.write(behind)
    command = [sys.executable, "-c", MEASURED, str(path), str(tmp_path / "out")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 200
    store = stored.collection.open_store(tmp_path / "out")
    assert len(store) == (1 if kind == "array" else 2)
    assert [one.reason for one in store.manifest.refused_lines] in (["line_too_long"], ["element_too_long"])
    assert all(flag & DAMAGED == 0 for flag in stored.number(store, "flags"))

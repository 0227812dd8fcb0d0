"""What an ID list may look like, and what is kept, doubted or refused of it."""

from __future__ import annotations

import gzip

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.engine.tweets import lines
from timeline_app.engine.tweets.batch import BEFORE_SCHEME, DAMAGED, Batch
from timeline_app.engine.tweets.id_form import IdForm, recognise
from timeline_app.engine.tweets.id_list import read_ids
from timeline_app.engine.tweets.lines import Piece, head_of, pieces
from timeline_app.engine.tweets.one_id import one_id

GOOD = [1267727923328540673 + step * 987_654_321 for step in range(40)]


def read(path, end=None) -> list[Batch]:
    form = recognise(head_of(path))
    assert isinstance(form, IdForm)
    return [read_ids(piece, form, path.name) for piece in pieces(path, 0, end)]


def ids_of(path) -> list[int]:
    return [one for batch in read(path) for one in batch.ids.tolist()]


def written(tmp_path, data: bytes, name="list.txt"):
    (tmp_path / name).write_bytes(data)
    return tmp_path / name


@pytest.mark.parametrize("data", [
    "\n".join(map(str, GOOD)), "\r\n".join(map(str, GOOD)) + "\r\n", "\ufeff" + "\n".join(map(str, GOOD)),
    "id\n" + "\n".join(map(str, GOOD)), "tweet_id\r\n" + "\r\n".join(f'"{one}"' for one in GOOD),
    "\n\n".join(map(str, GOOD)), "\n".join(f"https://twitter.com/x/status/{one}?s=20" for one in GOOD),
    "\n".join(f"{one},1,en" for one in GOOD), "user_id\ttweet_id\n" + "\n".join(f"99999999\t{one}" for one in GOOD)])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_that_a_list_gives_its_ids_however_it_is_written(tmp_path, data, encoding):
    assert ids_of(written(tmp_path, data.encode(encoding))) == GOOD


def test_that_a_list_of_users_is_not_taken_for_tweets():
    assert recognise(b"user_id\n" + b"\n".join(b"%d" % one for one in GOOD)) == "user_ids"


def test_that_a_line_that_is_no_id_is_told_with_its_place(tmp_path):
    data = f"{GOOD[0]}\n{GOOD[1]}\nRT @somebody\n{2**64}\n{GOOD[2]}\n".encode()
    (batch,) = read(written(tmp_path, data))
    assert batch.ids.tolist() == GOOD[:3]
    assert [(one.file, one.offset, one.line, one.reason, one.start) for one in batch.refused] == [
        ("list.txt", 40, 3, "not_an_id", b"RT @somebody"), ("list.txt", 53, 4, "too_large", str(2**64).encode())]


def test_that_a_row_that_cannot_be_divided_is_refused_alone(tmp_path):
    first = f'tweet_id,a,b\n{GOOD[0]},"x",b\n'
    data = f'{first}{GOOD[1]},"x",a\rb\n{GOOD[2]},"{"x" * 4_100_000}",b\n{GOOD[3]},"{"x" * 200_000}",b\n'
    (batch,) = read(written(tmp_path, data.encode()))
    assert batch.ids.tolist() == [GOOD[0], GOOD[3]]
    assert [(one.line, one.reason) for one in batch.refused] == [(3, "broken_row"), (4, "broken_row")]


def test_that_an_id_that_was_cut_with_its_file_is_refused_and_no_tweet_of_another_year(tmp_path):
    data = b"".join(b"%d\r\n" % one for one in GOOD)
    assert ids_of(written(tmp_path, data[:-2])) == ids_of(written(tmp_path, data[:-1])) == GOOD
    for missing in (3, 10, 20):
        whole, last = read(written(tmp_path, data[:-missing]))
        assert (whole.ids.tolist(), last.ids.tolist()) == (GOOD[:-1], [])
        assert [(one.offset, one.line, one.reason) for one in last.refused] == [(len(data) - 21, 40, "cut_line")]
    assert ids_of(written(tmp_path, data + b"27758622443\n")) == [*GOOD, 27758622443]
    assert ids_of(written(tmp_path, b"%d\n27758622443" % GOOD[0])) == [GOOD[0], 27758622443]


def test_that_a_row_that_was_cut_within_its_id_is_refused(tmp_path):
    data = "tweet_id,lang\n" + "".join(f"{one},ko\n" for one in GOOD)
    whole, last = read(written(tmp_path, data.encode()[:-6]))
    assert (whole.ids.tolist(), last.ids.tolist()) == (GOOD[:-1], [])
    assert [(one.line, one.reason) for one in last.refused] == [(41, "cut_line")]
    assert ids_of(written(tmp_path, data.encode()[:-3])) == GOOD
    assert ids_of(written(tmp_path, data.encode()[:-4] + b"\n")) == GOOD


def test_that_a_number_larger_than_any_tweet_has_is_not_known(tmp_path):
    given = ["7", str(2**31 - 1), str(2**31), "9" * 40, ""]
    data = "tweet_id,retweets\n" + "".join(f"{one},{n}\n" for one, n in zip(GOOD, given, strict=False))
    (batch,) = read(written(tmp_path, data.encode()))
    assert batch.retweets.tolist() == [7, 2**31 - 1, 0, 0, 0]


def test_that_one_blank_cell_costs_one_row_and_no_digit(tmp_path):
    data = f"tweet_id,lang\n{GOOD[0]},en\n,ko\n{GOOD[1]},ko\n".encode()
    (batch,) = read(written(tmp_path, data))
    assert batch.ids.tolist() == GOOD[:2]
    assert [(one.line, one.reason) for one in batch.refused] == [(3, "no_id")]
    assert [batch.langs[code] for code in batch.lang] == ["en", "ko"]


def test_that_ids_cut_to_15_digits_are_damaged_and_keep_their_time(tmp_path):
    cut = [one // 10_000 * 10_000 for one in GOOD]
    (batch,) = read(written(tmp_path, "".join(f"{one}\n" for one in cut).encode()))
    assert (batch.flags & DAMAGED).all()
    assert (batch.half_width_ms == 1).all()
    assert np.abs((batch.ids >> 22) - (np.array(GOOD) >> 22)).max() <= 1


def test_that_good_ids_that_end_in_zeros_are_not_doubted(tmp_path):
    (batch,) = read(written(tmp_path, "".join(f"{one}\n" for one in [*GOOD, 1267727923328540000]).encode()))
    assert not batch.flags.any()


@pytest.mark.parametrize("digits", [4, 5, 6, 10, 16])
def test_that_scientific_notation_holds_the_time_within_its_interval(digits):
    for number in GOOD:
        found = one_id(f"{number:.{digits - 1}E}")
        assert found.flags == DAMAGED
        assert abs((found.id >> 22) - (number >> 22)) <= found.half_width_ms
    assert digits != 6 or found.half_width_ms == 1_192_093


def test_that_an_id_from_before_the_scheme_is_kept_and_flagged(tmp_path):
    (batch,) = read(written(tmp_path, b"27758622443\n1480402543\n1149649998057472\n1267727923328540673\n"))
    assert (batch.flags & BEFORE_SCHEME).tolist() == [BEFORE_SCHEME, BEFORE_SCHEME, 0, 0]


def test_that_keyword_columns_make_tags(tmp_path):
    rows = "".join(f"{one},{at % 2},{int(at == 3)}\n" for at, one in enumerate(GOOD))
    (batch,) = read(written(tmp_path, f"message_id,blacklivesmatter,bluelivesmatter\n{rows}".encode()))
    uses = {name: int((batch.tags.codes == code).sum()) for code, name in enumerate(batch.tags.names)}
    assert uses == {"blacklivesmatter": 20, "bluelivesmatter": 1}


def test_that_a_constant_offset_of_the_time_column_is_found(tmp_path):
    from timeline_app.domain import snowflake
    from timeline_app.engine.report import iso

    rows = "".join(f"{one},{iso(snowflake.instant(one) // 1000 * 1000 - 3_600_000)}\n" for one in GOOD)
    (batch,) = read(written(tmp_path, f"id,created_at\n{rows}".encode()))
    assert (batch.clock.compared, batch.clock.offset_s) == (len(GOOD), -3600)


def test_that_all_members_of_a_gzip_file_are_read(tmp_path):
    parts = [gzip.compress(f"{one}\n".encode()) for one in GOOD]
    assert ids_of(written(tmp_path, b"".join(parts) + b"\0\0", "list.gz")) == GOOD


def test_that_a_cut_gzip_file_keeps_its_whole_lines(tmp_path):
    packed = gzip.compress("".join(f"{one}\n" for one in GOOD).encode())
    path = written(tmp_path, packed[:-60], "list.gz")
    found = list(pieces(path, 0, None))
    kept = [int(line) for piece in found for line in piece.data.split()]
    assert kept and kept == GOOD[: len(kept)]
    assert [one.reason for piece in found for one in piece.refused] == ["cut_file"]


def test_that_a_file_that_expands_without_bound_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "_HARMLESS", 100_000)
    monkeypatch.setattr(lines, "_RATIO", 20)
    path = written(tmp_path, gzip.compress(b"1267727923328540673\n" * 500_000), "bomb.gz")
    found = list(pieces(path, 0, None, 50_000))
    assert [one.reason for piece in found for one in piece.refused] == ["expands_too_far"]
    assert sum(len(piece.data) for piece in found) < 1_000_000


def test_that_a_line_without_end_is_refused_and_the_next_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "LINE_LIMIT", 1_000)
    data = f"{GOOD[0]}\n".encode() + b"x" * 50_000 + f"\n{GOOD[1]}\n".encode()
    found = list(pieces(written(tmp_path, data), 0, len(data), 2_000))
    assert [int(line) for piece in found for line in piece.data.split()] == GOOD[:2]
    assert [(one.line, one.offset, one.reason, len(one.start)) for piece in found for one in piece.refused] == [
        (2, 20, "line_too_long", 200)]


@given(st.lists(st.sampled_from([b"1267727923328540673", b"x", b"", b"123456789012345", b"27758622443\r"]),
                max_size=30), st.integers(1, 60), st.booleans())
def test_that_byte_ranges_together_hold_every_line_once(tmp_path_factory, given_lines, size, ends):
    path = tmp_path_factory.mktemp("ranges") / "list.txt"
    data = b"\n".join(given_lines) + (b"\n" if ends else b"")
    path.write_bytes(data)
    ranges = [(start, min(start + size, len(data))) for start in range(0, len(data), size)]
    parts = [piece for one in ranges for piece in pieces(path, *one)]
    assert b"".join(piece.data for piece in parts) == data
    assert all(data[piece.offset :].startswith(piece.data) for piece in parts)


@given(st.lists(st.one_of(st.integers(0, 10**20).map(str), st.text("0123456789:/a-", max_size=21)), max_size=40))
def test_that_the_fast_way_reads_what_the_careful_way_reads(texts):
    data = "\n".join(texts).encode()
    batch = read_ids(Piece(data, 0, 0), IdForm(), "list.txt")
    expected = [found.id for found in map(one_id, texts) if found.found]
    assert batch.ids.tolist() == expected


def test_that_a_row_of_a_table_knows_its_line():
    data = b"tweet_id,use\n1267727923328540673,a\nno id,b\n\n1267728917600837638,a\n"
    form = recognise(data)
    assert read_ids(Piece(data, 0, 0), form, "a.csv").line.tolist() == [2, 5]

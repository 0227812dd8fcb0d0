"""Opening packages, archives and single tables: what loads, what is refused, and where."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest

from timeline_app.base.problems import UserError
from timeline_app.domain.records import Words
from timeline_app.domain.time import Precision
from timeline_app.engine.dataset import open_dataset


def codes(dataset) -> list[str]:
    return [problem.code for problem in dataset.problems]


def zipped(folder: Path, top: str = "") -> Path:
    """The folder as an archive, its files below `top`."""
    archive = folder.parent / "small.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                out.write(path, top + path.relative_to(folder).as_posix())
    return archive


def test_that_a_package_without_a_fault_has_no_problems(package):
    dataset = open_dataset(package.write())
    assert dataset.problems == ()
    rows = (dataset.events, dataset.questions, dataset.claims, dataset.derived, dataset.quotes, dataset.posts)
    assert [len(one) for one in rows] == [3, 2, 2, 1, 1, 1]
    assert dataset.sources["times"].name == "The Times"
    assert dataset.sources["times"].issued == "2020-06-02"
    assert dataset.sources["times"].authors == ("Ji Kim",)


def test_that_the_bundled_dataset_opens_by_name_and_without_a_problem():
    dataset = open_dataset("june-2020")
    assert dataset.problems == ()
    assert len(dataset.events) == 42
    assert len(dataset.claims) == 195


@pytest.mark.parametrize("top", ["", "small/"])
def test_that_a_zip_is_the_folder_it_was_made_from(package, top):
    folder = package.write()
    there, here = open_dataset(zipped(folder, top)), open_dataset(folder)
    assert there.events == here.events
    assert there.claims == here.claims
    assert (there.series[0].values == here.series[0].values).all()


def test_that_the_manifest_itself_may_be_named(package):
    assert len(open_dataset(package.write() / "datapackage.json").events) == 3


def test_that_texts_come_in_their_languages(package):
    dataset = open_dataset(package.write())
    assert dataset.event_by_id["request"].title.say("ko") == "경찰, 영상을 요청"
    assert dataset.meta.title.say("ko") == "작은 것"
    assert dataset.meta.awaiting_readers == {"ko"}
    assert dataset.meta.word("subject_notes", "portal").text == "back on Monday"
    assert dataset.meta.word("vocabulary", "fans").say("ko") == "팬들"
    assert dataset.meta.word("vocabulary", "others").text == "others"


def test_that_a_lane_holds_its_kinds_without_what_another_lane_names(package):
    lanes = {lane.id: lane for lane in open_dataset(package.write()).meta.lanes}
    assert lanes["floods"].event_ids == ("posts",)
    assert lanes["named"].event_ids == ("café",)
    assert lanes["use"].annotations[0].at_ms == 1_591_084_800_000


def test_that_without_lanes_there_is_one_for_each_kind_and_series(package):
    package.timeline["lanes"] = []
    lanes = open_dataset(package.write()).meta.lanes
    assert [(lane.id, lane.half) for lane in lanes] == [
        ("portal", "documented"), ("flood", "documented"), ("other", "documented"), ("per-use", "counted")]


def test_that_the_opening_view_begins_at_local_midnight_of_a_date(package):
    opening = open_dataset(package.write()).meta.opening
    assert opening.start == 1_590_814_800_000  # 30 May 2020 05:00 UTC
    assert opening.end == 1_591_376_400_000


def test_that_a_series_has_a_column_for_each_part_and_zero_where_no_row_is(package):
    series = open_dataset(package.write()).series[0]
    assert series.start.tolist() == [1_591_084_800_000, 1_591_085_400_000]
    assert series.values.tolist() == [[2, 5], [0, 7]]
    assert series.values.dtype == np.int64
    assert series.source_ids == ("times",)


def test_that_the_four_columns_win_and_a_moment_ends_where_it_starts(package):
    package.tables["events"][0] |= {
        "edtf": "2020-06-01", "precision": "part_of_day", "earliest_start": "2020-06-01T18:00:00-05:00",
        "latest_start": "2020-06-02T00:00:00-05:00"}
    when = open_dataset(package.write()).event_by_id["request"].when
    assert (when.earliest_start, when.latest_start) == (when.earliest_end, when.latest_end)
    assert when.latest_end - when.earliest_start == 6 * 3_600_000
    assert when.precision is Precision.PART_OF_DAY


def test_that_four_times_out_of_order_are_refused(package):
    package.tables["events"][0] |= {"earliest_start": "2020-06-02T00:00:00Z", "latest_start": "2020-06-01T00:00:00Z"}
    dataset = open_dataset(package.write())
    assert codes(dataset) == ["bounds_order"]
    assert "request" not in dataset.event_by_id


def test_that_a_refused_event_speaks_up_once_and_not_in_every_row_about_it(package):
    package.tables["events"][0]["edtf"] = "31 May"
    dataset = open_dataset(package.write())
    assert len(dataset.problems) == 1
    problem = dataset.problems[0]
    assert (problem.file, problem.line, problem.field) == ("events.csv", 2, "edtf")
    assert problem.column == list(package.tables["events"][0]).index("edtf") + 1


@pytest.mark.parametrize(("table", "column", "value", "code"), [
    ("events", "title", "", "empty_title"),
    ("events", "kind", "portl", "unknown_word"),
    ("events", "state", "broken", "unknown_word"),
    ("events", "content_flags", "violense", "unknown_word"),
    ("events", "timezone", "Chicago", "unknown_zone"),
    ("events", "lat", "NaN", "bad_degrees"),
    ("events", "lon", "181", "bad_degrees"),
    ("events", "precision", "days", "unknown_word"),
    ("events", "earliest_start", "2020-06-01 18:00", "bad_instant"),
    ("events", "resolved_by", "nothing", "unknown_event"),
    ("events", "source_ids", "times|nobody", "unknown_source"),
    ("questions", "exclusive", "perhaps", "unknown_word"),
    ("claims", "source_id", "nobody", "unknown_source"),
    ("claims", "attitude", "knows", "unknown_word"),
    ("claims", "evidence", "", "empty_cell"),
    ("claims", "question", "why", "unknown_question"),
    ("claims", "event_id", "nothing", "unknown_event"),
    ("claims", "answer_timezone", "Mars/Base", "unknown_zone"),
    ("quotes", "source_id", "nobody", "unknown_source"),
    ("posts", "post", "1267573544747257858", "bare_number"),
    ("posts", "post", "id:12", "bad_post"),
    ("posts", "utc", "2020-06-01", "bad_instant"),
])
def test_that_a_wrong_cell_is_a_problem_of_its_row_and_column(package, table, column, value, code):
    rows = package.tables[table]
    rows[0][column] = value
    dataset = open_dataset(package.write())
    found = [problem for problem in dataset.problems if problem.file == f"{table}.csv"]
    assert [(one.code, one.line, one.field) for one in found] == [(code, 2, column)]
    assert found[0].column == list(rows[0]).index(column) + 1
    loaded = {"events": dataset.events, "questions": dataset.questions, "claims": dataset.claims,
              "quotes": dataset.quotes, "posts": dataset.posts}
    assert len(loaded[table]) == len(rows) - 1


def test_that_half_a_place_is_a_warning_and_no_place(package):
    package.tables["events"][0]["lon"] = ""
    dataset = open_dataset(package.write())
    assert [(one.severity, one.code) for one in dataset.problems] == [("warning", "half_a_place")]
    assert dataset.event_by_id["request"].place.latitude is None


def test_that_a_file_the_manifest_names_and_nobody_has_is_a_problem(package):
    (package.write() / "claims.csv").unlink()
    dataset = open_dataset(package.folder)
    assert codes(dataset) == ["file_not_found"]
    assert dataset.events


@pytest.mark.parametrize("path", ["../../outside.csv", "/etc/hostname", "counts/../../outside.csv"])
def test_that_a_path_out_of_the_package_is_not_read(package, path):
    (package.write().parent / "outside.csv").write_text("id,title,edtf\nx,Secret,2020\n")
    manifest = package.folder / "datapackage.json"
    manifest.write_text(manifest.read_text().replace('"events.csv"', f'"{path}"'))
    dataset = open_dataset(package.folder)
    assert "file_outside" in codes(dataset)
    assert dataset.events == ()


@pytest.mark.parametrize(("member", "value", "field"), [
    ("zone", 5, "$.timeline.zone"),
    ("languages", "en", "$.timeline.languages"),
    ("overview", [], "$.timeline.overview"),
    ("vocabulary", {"a": 1}, "$.timeline.vocabulary[...]"),
])
def test_that_a_wrong_type_in_the_manifest_is_named_by_its_path_and_line(package, member, value, field):
    package.timeline[member] = value
    dataset = open_dataset(package.write())
    found = dataset.problems[0]
    assert (found.code, found.field, found.file) == ("wrong_type", field, "datapackage.json")
    assert f'"{member}"' in (package.folder / "datapackage.json").read_text().split("\n")[found.line - 1]
    assert len(dataset.events) == 3


def test_that_one_broken_lane_or_mask_loses_only_itself(package):
    package.timeline["lanes"].insert(1, {"id": 7})
    package.timeline["masked_tags"].append("Another")
    dataset = open_dataset(package.write())
    assert [one.field for one in dataset.problems] == ["$.timeline.lanes[1].id", "$.timeline.masked_tags[1]"]
    assert len(dataset.meta.lanes) == 4
    assert set(dataset.meta.masked_tags) == {"Hateful"}


@pytest.mark.parametrize(("series", "code"), [
    ({"source_id": ""}, "series_without_source"), ({"bin": "2h"}, "wrong_type"), ({"zone": "Mars"}, "unknown_zone"),
    ({"event_id": "nothing"}, "unknown_event"), ({"source_ids": ["nobody"]}, "unknown_source")])
def test_that_a_series_nobody_can_place_is_left_out(package, series, code):
    package.series |= series
    package.timeline["lanes"].pop()
    package.timeline["overview"] = {}
    dataset = open_dataset(package.write())
    assert codes(dataset) == [code]
    assert dataset.series == ()


@pytest.mark.parametrize(("row", "code", "field"), [
    ("2020-06-02T08:05:00Z,1,original", "off_grid", "start"),
    ("2020-06-04T08:00:00Z,1,original", "outside_coverage", "start"),
    ("2020-06-02T08:20:00Z,1.5,original", "bad_count", "value"),
    ("2020-06-02T08:20:00Z,-1,original", "bad_count", "value"),
    ("2020-06-02T08:20:00Z,1,unknown", "unknown_word", "use"),
    ("2020-06-02T08:00:00Z,1,original", "bin_twice", "start"),
    ("noon,1,original", "bad_instant", "start")])
def test_that_a_row_of_counts_that_cannot_be_placed_is_refused_with_its_line(package, row, code, field):
    package.counts += row + "\n"
    dataset = open_dataset(package.write())
    assert [(one.code, one.line, one.field) for one in dataset.problems] == [(code, 5, field)]
    assert dataset.series[0].totals.tolist() == [7, 7]


def test_that_counts_with_spaces_around_them_are_read(package):
    package.counts += " 2020-06-02T08:20:00Z , 3 , original \n"
    dataset = open_dataset(package.write())
    assert dataset.problems == ()
    assert dataset.series[0].values[2].tolist() == [3, 0]


def test_that_printed_figures_keep_their_qualifier_source_and_rival(package):
    package.series |= {"bin": "point", "categories": [], "covered": None}
    package.series["missing_bins_are_zero"] = False
    package.counts = ("start,value,qualifier,source_id,rival_group,excerpt\n2020-06,817000,>=,times,g,words\n"
                      "2020-05-31T12:00:00Z,1,~,times,,\n2020-06-02,NaN,,times,,\n")
    dataset = open_dataset(package.write())
    assert codes(dataset) == ["bad_count"]
    series = dataset.series[0]
    assert [(point.value, point.qualifier) for point in series.points] == [(1.0, "~"), (817_000.0, ">=")]
    assert series.start.tolist() == sorted(series.start.tolist())


def test_that_unknown_columns_disturb_nothing(package):
    for row in package.tables["events"]:
        row["colour"] = "blue"
    assert open_dataset(package.write()).problems == ()


def test_that_unknown_columns_of_events_are_kept_with_their_translations(package):
    for row in package.tables["events"]:
        row |= {"colour": "blue", "colour.ko": "파랑", "title.xx": "?"}
    events = open_dataset(package.write()).events
    assert events and all(one.columns == (("colour", Words("blue", (("ko", "파랑"),))),) for one in events)


def test_that_a_single_table_of_events_is_a_dataset_of_its_own(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("title,title.ko,edtf,kind,source_ids\nA walk,산책,1969-07-21,moon,nasa\nB,,1969,moon,\nC,,x,,\n")
    dataset = open_dataset(path)
    assert [event.id for event in dataset.events] == ["event-2", "event-3"]
    assert [(one.line, one.field) for one in dataset.problems] == [(4, "edtf")]
    assert dataset.events[0].when.latest_end - dataset.events[0].when.earliest_start == 50 * 3_600_000
    assert dataset.events[0].title.say("ko") == "산책"
    assert dataset.sources["nasa"].name == "nasa"
    assert [lane.event_ids for lane in dataset.meta.lanes] == [("event-2", "event-3")]


@pytest.mark.parametrize("name", ["nothing-here", "june-2020/../..", ""])
def test_that_what_is_not_there_is_said_in_one_sentence(name, tmp_path):
    with pytest.raises(UserError) as error:
        open_dataset(tmp_path / name if name != "" else tmp_path)
    assert error.value.code in ("not_found", "unknown_format")


def test_that_a_table_without_title_and_date_is_no_dataset(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(UserError, match="unknown_format"):
        open_dataset(path)


def make_pipe(path: Path) -> None:
    """A pipe, or a folder where a file system has no pipes: neither is a file to read."""
    getattr(os, "mkfifo", os.mkdir)(path)


def test_that_a_pipe_is_refused_and_never_waited_for(package):
    folder = package.write()
    os.unlink(folder / "claims.csv")
    make_pipe(folder / "claims.csv")
    assert codes(open_dataset(folder)) == ["file_not_a_regular_file"]
    make_pipe(folder.parent / "pipe.csv")
    with pytest.raises(UserError, match="not_a_regular_file"):
        open_dataset(folder.parent / "pipe.csv")


def test_that_a_link_or_a_folder_in_place_of_a_table_is_refused(package, tmp_path):
    folder = package.write()
    shutil.move(folder / "claims.csv", tmp_path / "claims.csv")
    (folder / "claims.csv").symlink_to(tmp_path / "claims.csv")
    (folder / "quotes.csv").unlink()
    (folder / "quotes.csv").mkdir()
    assert codes(open_dataset(folder)) == ["file_not_a_regular_file", "file_not_a_regular_file"]


@pytest.mark.parametrize("text", [
    b"", b"{", b"[]", b"null", b'{"timeline": [1]}', b'{"resources": {}}', b'{"id": NaN}', b"[" * 100_000,
    b'{"id": ' + b"9" * 5_000 + b"}", b'{"title": 1e999}', b"\xff\xfe{\x00}\x00", b'\xef\xbb\xbf{"id": "x"}',
    b'{"title": "\\ud83d\\u0000"}', b'{"resources": [{"path": 1}, {"path": "a"}, 7, {}]}',
    b'{"timeline": ' + b'{"a":' * 200 + b"1" + b"}" * 200 + b"}"])
def test_that_no_manifest_ends_in_anything_but_problems(tmp_path, text):
    (tmp_path / "datapackage.json").write_bytes(text)
    dataset = open_dataset(tmp_path)
    assert dataset.events == ()
    assert all(problem.file for problem in dataset.problems)
    dataset.meta.title.text.encode()


@pytest.mark.parametrize("text", [
    b"", b"{}", b'[{"id": 1}, 2, {"title": "no id"}, {"id": "1"}]', b'[{"id": "a", "issued": {"date-parts": [["x"]]}}]',
    b'[{"id": "a", "issued": {"date-parts": [[99999999999999999999]]}}]', b'[{"id": "a", "author": "Kim"}]',
    b'[{"id": "\\ud83d", "issued": {"date-parts": [[], [2020, "6"]]}}]'])
def test_that_no_list_of_sources_ends_in_anything_but_problems(package, text):
    package.write()
    package.put("sources.json", text)
    dataset = open_dataset(package.folder)
    assert len(dataset.events) < 3
    assert dataset.problems

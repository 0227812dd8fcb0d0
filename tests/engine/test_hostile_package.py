"""Packages spoiled at random and on a large scale: problems and UserErrors, never anything else, never for long."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from packages import Package
from timeline_app.base.problems import UserError
from timeline_app.base.text import LANGUAGES, catalogue
from timeline_app.engine.check import examine
from timeline_app.engine.json_text import MOST_FAULTS
from timeline_app.engine.report import info, info_lines, problem_lines
from timeline_app.engine.search import Index
from timeline_app.engine.tables import FINDING_LIMIT, LINE_LIMIT, read_table

JUNK = (b'"', b",", b"\n", b"\0", b"\xff", b"{", b"}", b"[", b"null", b"NaN", b"1e999", b"99999999999999999999",
        b"\\ud83d", b"@x", b"../..", b"|", b"\xef\xbb\xbf", b":", b"Y-300000000", b"-290000000-01-01T00:00:00Z",
        b"0000-01-01", b"id:", b"point", b"not stated", b"{0}", b"\r", b"2020-02-30")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A package without a fault, and its files."""
    folder = Package(tmp_path_factory.mktemp("sound") / "small").write()
    return folder, {path.relative_to(folder).as_posix(): path.read_bytes()
                    for path in sorted(folder.rglob("*")) if path.is_file()}


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.integers(0, 30), st.sampled_from(JUNK)),
                min_size=1, max_size=4))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([(0.99, 0.5, 0, b"\xff")])
def test_that_no_spoilt_file_ends_in_anything_but_problems(sound, edits):
    folder, files = sound
    for name, data in files.items():
        (folder / name).write_bytes(data)
    for which, where, cut, junk in edits:
        path = folder / sorted(files)[round(which * (len(files) - 1))]
        data = path.read_bytes()
        at = round(where * len(data))
        path.write_bytes(data[:at] + junk + data[at + cut:])
    try:
        dataset, problems = examine(folder)
    except UserError as error:
        assert error.code in ("no_manifest", "unknown_format")
        return
    for texts in map(catalogue, LANGUAGES):
        info_lines(json.loads(json.dumps(info(dataset, problems, texts.language))), texts).encode()
        problem_lines(problems, texts).encode()
    assert all(not claim.source_id or claim.source_id in dataset.sources for claim in dataset.claims)
    assert all(one in dataset.event_by_id for lane in dataset.meta.lanes for one in lane.event_ids)
    assert all(not lane.series_id or lane.series_id in dataset.series_by_id for lane in dataset.meta.lanes)
    assert dataset.instants.shape == (len(dataset.events), 4)
    Index(dataset).search("a video")


def test_that_a_manifest_with_countless_faults_names_a_hundred(tmp_path):
    resources = [{"name": 1}] * 20_000
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": resources}))
    _, problems = examine(tmp_path)
    assert len(problems) <= MOST_FAULTS + 1
    assert "too_many_faults" in {problem.code for problem in problems}


def test_that_a_table_with_countless_faults_names_a_thousand(package):
    package.write()
    rows = "".join(f"e{number},T,2020,portl\n" for number in range(3_000))
    package.put("events.csv", "id,title,edtf,kind\n" + rows)
    _, problems = examine(package.folder)
    assert len([one for one in problems if one.file == "events.csv" and one.severity == "error"]) == FINDING_LIMIT + 1


@pytest.mark.parametrize("text", [
    'a,b\n"' + "\n" * 100_000, "a,b\n" + '"x,1\n' * 100_000, "a,b\n" + '"' * (LINE_LIMIT - 1), '"\n' * 50_000],
    ids=["one quote, then blank lines", "a quote in every row", "a line of quotes", "a quote a line"])
def test_that_quotes_on_a_large_scale_cost_no_more_than_reading(text):
    problems = []
    table = read_table(text.encode(), "t.csv", problems)
    assert len(table.rows) + len(problems) <= 102

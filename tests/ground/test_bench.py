"""The bench harness counts, prints and writes what it is given; how fast anything is, no test asks."""

from __future__ import annotations

import json

import pytest

from bench import harness

ROWS = [
    harness.Row("zoom p95", 9.0, "ms", peer=1.5, runs=300),
    harness.Row("slow peer", 12.0, "ms", peer="not drawn after 120 s"),
    harness.Row("alone", 1234.5, "ms"),
]


def test_that_the_ratio_is_to_a_measured_peer_only():
    assert [row.ratio for row in ROWS] == [6.0, None, None]


def test_that_the_table_has_a_line_for_each_row():
    heading, *lines = harness.table(ROWS).splitlines()
    assert heading.split() == ["name", "value", "unit", "peer", "ratio", "runs"]
    assert lines[0].split() == ["zoom", "p95", "9.000", "ms", "1.500", "6.000", "300"]
    assert "not drawn after 120 s" in lines[1]
    assert "1,234.500" in lines[2]


def test_that_rows_are_written_with_the_promised_fields(tmp_path, capsys):
    written = tmp_path / "rows.json"
    given = []
    arguments = ["--scene", "june", "--json", str(written)]
    assert harness.main(lambda rest: given.append(rest) or ROWS, arguments) == 0
    assert given == [["--scene", "june"]]
    assert json.loads(written.read_text(encoding="utf-8"))[0] == {
        "name": "zoom p95", "value": 9.0, "unit": "ms", "peer": 1.5, "runs": 300,
    }  # fmt: skip
    assert "zoom p95" in capsys.readouterr().out


def test_that_a_median_leaves_the_first_call_out():
    calls = []
    assert harness.median_of(lambda: calls.append(1), runs=3) >= 0
    assert len(calls) == 4


@pytest.mark.parametrize(("share", "value"), [(0, 1), (0.5, 5), (0.95, 10), (0.9, 9), (1, 10)])
def test_that_a_percentile_is_one_of_the_values(share, value):
    assert harness.percentile(range(10, 0, -1), share) == value

"""What the counted series of the bundled dataset promise: sums, bins, peaks, and what is said about them."""
from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parents[2] / "resources" / "datasets" / "june-2020"
MANIFEST = json.loads((HERE / "datapackage.json").read_text("utf-8"))
TIMELINE = MANIFEST["timeline"]
SERIES = {r["timeline"]["series"]: r for r in MANIFEST["resources"] if "timeline" in r}


def counted(series: str) -> list[dict[str, str]]:
    """The rows of one series."""
    with (HERE / SERIES[series]["path"]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def whiteout_hours() -> dict[str, Counter]:
    """How many posts of each coded use per hour, by the hour's first 13 letters."""
    hours: dict[str, Counter] = defaultdict(Counter)
    for row in counted("whiteoutwednesday-10min-use"):
        hours[row["start"][:13]][row["use"]] += int(row["value"])
    return hours


def test_that_every_series_and_every_printed_figure_has_a_source():
    assert all(r["timeline"]["source_id"] and r["timeline"]["caveat"]["en"] for r in SERIES.values())
    points = [row for i in ("match-a-million-dollars", "bts-retweets") for row in counted(i)]
    assert len(points) == 10 and all(row["source_id"] and row["excerpt"] for row in points)


def test_that_daily_series_have_every_day_and_the_published_counts():
    sums = {"blacklivesmatter-daily": 0, "alllivesmatter-daily": 0, "bluelivesmatter-daily": 0}
    days = [(date(2013, 1, 1) + timedelta(n)).isoformat() for n in range(3287)]
    for name in sums:
        rows = counted(name)
        assert [row["start"] for row in rows] == days and days[-1] == "2021-12-31"
        sums[name] = sum(int(row["value"]) for row in rows if row["start"] <= "2020-06-30")
    blue = {row["start"]: row["value"] for row in counted("bluelivesmatter-daily")}
    assert [blue[f"2020-06-{day}"] for day in ("02", "03", "18")] == ["1218", "71741", "72141"]
    assert sum(sums.values()) == 43_281_829


def test_that_whiteoutwednesday_adds_up():
    rows, hours = counted("whiteoutwednesday-10min-use"), whiteout_hours()
    totals = Counter()
    for row in rows:
        totals[row["use"]] += int(row["value"])
    assert totals == {"hijacked": 8527, "original": 575} and len({row["start"] for row in rows}) == 610
    assert max(hours, key=lambda hour: hours[hour].total()) == "2020-06-03T12"
    assert hours["2020-06-03T12"].total() == 945
    subjects = counted("whiteoutwednesday-hour-subject")
    assert sum(int(row["value"]) for row in subjects) == 9102
    assert {hour: count.total() for hour, count in hours.items()} == {
        hour: sum(int(r["value"]) for r in subjects if r["start"][:13] == hour) for hour in hours}


def test_that_the_annotation_about_the_majority_is_what_the_counts_say():
    lane = next(lane for lane in TIMELINE["lanes"] if lane["id"] == "whiteoutwednesday")
    first, until = (datetime.fromisoformat(lane["annotations"][0][key]) for key in ("at", "until"))
    turned = {hour: count["hijacked"] > count["original"] for hour, count in whiteout_hours().items()}
    for hour, majority in turned.items():
        moment = datetime.fromisoformat(hour + ":00:00+00:00")
        assert majority or not first <= moment < until, hour
    assert not any(turned[f"2020-06-03T{hour:02}"] for hour in range(7))


def test_that_counted_lanes_and_the_overview_show_series_that_exist():
    shown = [lane["series"] for lane in TIMELINE["lanes"] if lane["half"] == "counted"]
    assert set(shown) <= set(SERIES) and TIMELINE["overview"]["series"] in SERIES
    assert len({lane["id"] for lane in TIMELINE["lanes"]}) == len(TIMELINE["lanes"]) == 11

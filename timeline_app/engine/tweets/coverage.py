"""What a collection does not cover: an hour without collection is unknown, not zero.

Gaps come from the hours in the names of files, the windows of queries, lists that a tool exported, a list that a person
wrote, and silence that no lull explains. The last is conservative: the rate is that of the quietest like hours nearby,
and a tweet is taken to bring several. Drawing them is not here, nor is leaving them out of a mean.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
import numpy as np

from timeline_app.base.problems import UserError
from timeline_app.base.safe_io import MEGABYTE, read_regular
from timeline_app.engine.instants import moment
from timeline_app.engine.tweets.run import Origin

HOUR_MS, MINUTE_MS = 3_600_000, 60_000
DECLARED = "gaps.csv"
_ORDER = ("declared", "export", "file_hours", "query", "detected")
_NAMED = re.compile(r"(?<!\d)(20\d\d)([-_]?)([01]\d)\2([0-3]\d)[-_T]?([0-2]\d)(?!\d)")
_LEAST_NAMED = 3
_SHARE_NAMED = 0.8  # of the files must carry an hour before a missing one means anything
_LEAST_MINUTES = 120
_AROUND_HOURS = 72  # before and after a silence, in which its like hours are sought
_QUIET = 10  # the percentile of like hours that counts as their rate
_CLUMP = 5.0  # tweets come in bursts: so many of them count as one
_UNLIKELY = 1e-9  # over all stretches that were looked at
_FULL_HOURS = 4.0  # both ends on the hour, which chance brings once in 3,600: so much less silence is asked for


class Gap(msgspec.Struct, frozen=True, order=True):
    """From `start_ms` to before `end_ms` nobody collected, as far as is known, and on what that rests: "declared",
    "export", "file_hours", "query" or "detected"."""

    start_ms: int
    end_ms: int
    basis: str


def joined(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """In order and without overlaps; where several say the same, the firmest basis stands."""
    found: list[Gap] = []
    for basis in _ORDER:
        for one in sorted(gap for gap in gaps if gap.basis == basis):
            found += _outside(one, found)
    return tuple(sorted(found))


def _outside(gap: Gap, known: Sequence[Gap]) -> list[Gap]:
    """What of a gap is in none of the known ones."""
    parts, start = [], gap.start_ms
    for one in sorted(known):
        if one.end_ms > start and one.start_ms < gap.end_ms:
            parts += [Gap(start, one.start_ms, gap.basis)] if one.start_ms > start else []
            start = max(start, one.end_ms)
    return [*parts, Gap(start, gap.end_ms, gap.basis)] if start < gap.end_ms else parts


def covered(gaps: Sequence[Gap], edges: np.ndarray) -> np.ndarray:
    """float64[n - 1]: the share of each bin (edges in ms UTC, ascending) that is in no gap. Gaps do not overlap."""
    edges = np.asarray(edges, np.int64)
    starts, ends = (np.array([getattr(one, name) for one in gaps], np.int64) for name in ("start_ms", "end_ms"))
    before = np.concatenate([[0], np.cumsum(ends - starts)])
    at = np.searchsorted(starts, edges, "right")
    lost = before[at] - np.where(at > 0, np.maximum(ends[at - 1] - edges, 0), 0) if len(gaps) else np.zeros(len(edges))
    return 1.0 - np.diff(lost) / np.maximum(np.diff(edges), 1)


def of_names(names: Sequence[str], minutes: np.ndarray, first: int) -> list[Gap]:
    """Hours that no file is named after, between the first and the last that one is, if the files are hourly and the
    hour holds no tweet. `minutes` int64[m + 1] rows before each minute from `first` on (minutes UTC since 1970)."""
    hours = sorted({hour for hour in map(_hour, names) if hour is not None})
    if len(hours) < max(_LEAST_NAMED, _SHARE_NAMED * len(names)):
        return []
    gaps = []
    for one, following in zip(hours, hours[1:], strict=False):
        start, end = (one + 1) * 60 - first, following * 60 - first
        low, high = np.clip([start, end], 0, len(minutes) - 1)
        if end > start and minutes[high] == minutes[low]:
            gaps.append(Gap((one + 1) * HOUR_MS, following * HOUR_MS, "file_hours"))
    return gaps


def _hour(name: str) -> int | None:
    """Hours since 1970 of a file named after one."""
    found = _NAMED.search(name.rsplit("/", 1)[-1])
    if found is None:
        return None
    at = moment(f"{found[1]}-{found[3]}-{found[4]}T{found[5]}:00:00Z", "UTC")
    return at // HOUR_MS if at is not None else None


def of_origins(origins: Iterable[Origin]) -> list[Gap]:
    """What lies between the windows of time that were asked for, if every origin says its window."""
    windows = [tuple(moment(text, "UTC") for text in (one.start, one.end)) for one in origins]
    if not windows or any(start is None or end is None for start, end in windows):
        return []
    gaps, reached = [], min(windows)[0]
    for start, end in sorted(windows):
        gaps += [Gap(reached, start, "query")] if start > reached else []
        reached = max(reached, end)
    return gaps


def declared(home: Path) -> tuple[Gap, ...]:
    """The gaps that a person listed in `gaps.csv` beside the collection: `start,end`, ISO 8601 in UTC if no zone is
    given. UserError where it cannot be understood: a gap that is overlooked would be a zero."""
    path = home / DECLARED
    if not path.exists():
        return ()
    rows = list(csv.reader(read_regular(path, MEGABYTE).decode("utf-8-sig", "replace").splitlines()))
    gaps = []
    for number, row in enumerate(rows, 1):
        if not any(row) or (number == 1 and row[:2] == ["start", "end"]):
            continue
        start, end = (moment(cell.strip().replace(" ", "T", 1), "UTC") for cell in (*row, "", "")[:2])
        if start is None or end is None or start >= end:
            raise UserError("bad_gap", file=DECLARED, line=number)
        gaps.append(Gap(start, end, "declared"))
    return tuple(gaps)


def detected(minutes: np.ndarray, first: int) -> list[Gap]:
    """Silences of two hours and more that are no lulls. `minutes` and `first` as in `of_names`."""
    per_minute = np.diff(minutes)
    starts, ends = _silences(per_minute)
    hours = _hourly(per_minute, first)
    before = np.concatenate([[0], np.cumsum(hours)])
    base = first // 60
    gaps = []
    for start, end in zip((starts + first).tolist(), (ends + first).tolist(), strict=True):
        low, high = max(start // 60 - _AROUND_HOURS - base, 0), min(end // 60 + _AROUND_HOURS - base, len(hours))
        if before[high] - before[low] < high - low:  # less than one an hour: nothing could be concluded
            continue
        on_hours = start % 60 == 0 and end % 60 == 0
        expected = _expected(hours, (low, high), start - base * 60, end - base * 60)
        needed = _CLUMP * -np.log(_UNLIKELY / max(len(starts), 1))
        if expected * (_FULL_HOURS if on_hours else 1.0) > needed:
            gaps.append(Gap(start * MINUTE_MS, end * MINUTE_MS, "detected"))
    return gaps


def _silences(per_minute: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """int64 starts and ends of stretches of at least two hours without a tweet, with tweets on both sides."""
    some = np.flatnonzero(per_minute)
    long = np.flatnonzero(np.diff(some) > _LEAST_MINUTES)
    return some[long] + 1, some[long + 1]


def _hourly(per_minute: np.ndarray, first: int) -> np.ndarray:
    """int64[h]: tweets of each hour UTC from that of the first minute on."""
    ahead = first % 60
    padded = np.zeros(-(-(len(per_minute) + ahead) // 60) * 60, np.int64)
    padded[ahead : ahead + len(per_minute)] = per_minute
    return padded.reshape(-1, 60).sum(axis=1)


def _expected(hours: np.ndarray, around: tuple[int, int], start: int, end: int) -> float:
    """How many tweets a silence (minutes from the first hour) would hold at the rate of quiet like hours nearby."""
    low, high = around
    known = np.r_[low : start // 60, -(-end // 60) : high]
    total = 0.0
    for hour in range(start // 60, min(-(-end // 60), start // 60 + 24 * 7)):
        like = hours[known[(known - hour) % 24 == 0]]
        minutes = min(end, hour * 60 + 60) - max(start, hour * 60)
        rate = float(np.percentile(like, _QUIET)) if len(like) >= 4 else 0.0
        total += rate * _of_the_week(hours, hour) * minutes / 60 if rate else 0.0
    return total


def _of_the_week(hours: np.ndarray, hour: int) -> float:
    """How much of the rate of other days this hour of the week has in the weeks before and after, at most 1: Sundays
    may be quiet. A week that is itself too quiet says nothing, nor does a single one."""
    shares = []
    for week in hour + 24 * 7 * np.array([-4, -3, -2, -1, 1, 2, 3, 4]):
        days = week + 24 * np.array([-3, -2, -1, 1, 2, 3])
        if days[0] >= 0 and days[-1] < len(hours) and (usual := float(np.median(hours[days]))) >= 1:
            shares.append(hours[week] / usual)
    return min(1.0, float(np.percentile(shares, _QUIET))) if len(shares) > 1 else 1.0

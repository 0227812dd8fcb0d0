"""A stated time held against the time that a post's own ID carries. It says "check", never "wrong".

Method: `snowflake`. Both sides are taken as coarse as they are stated, in the zone of the stated time; a post
is never shown finer than its `shown_precision`, so the arithmetic names its steps and leaves the milliseconds
out where they must not be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from timeline_app.domain import calendar, snowflake, zones
from timeline_app.domain.records import Post
from timeline_app.domain.time import Precision, Span, When

_STEPS = {
    Precision.MS: 1,
    Precision.SECOND: calendar.SECOND,
    Precision.MINUTE: calendar.MINUTE,
    Precision.HOUR: calendar.HOUR,
    Precision.PART_OF_DAY: 6 * calendar.HOUR,
    Precision.DAY: calendar.DAY,
}


@dataclass(frozen=True, slots=True)
class DateCheck:
    """What comes of one check. `shown` is the post's time as coarse as it may be shown, ms UTC; `apart_ms` is
    0 when both times can be true, negative when the post is that long before the stated time, positive when
    after.

    `arithmetic` are the steps of decoding, the result in ms UTC last and only where it may be shown; empty
    when the post's number is not known or carries no time: then a document gives the time.
    """

    status: Literal["fits", "check"]
    shown: Span
    precision: Precision
    zone: str
    apart_ms: int = 0
    arithmetic: tuple[str, ...] = ()

    @property
    def is_decoded(self) -> bool:
        """Whether the time comes from the number of the post."""
        return bool(self.arithmetic)


def check(claimed: When, post: Post) -> DateCheck:
    """Whether a post can have been made at the claimed time."""
    zone = claimed.zone or "UTC"
    precision = shown_precision(post)
    decoded = _decoded(post)
    shown = stretch(post.utc_ms if decoded is None else decoded, precision, zone)
    apart = _gap(shown, _stated(claimed, zone))
    steps = _arithmetic(post, decoded, precision)
    return DateCheck("check" if apart else "fits", shown, precision, zone, apart, steps)


def shown_precision(post: Post) -> Precision:
    """How finely a post's time may be shown; an unknown word counts as the day."""
    try:
        found = Precision(post.shown_precision)
    except ValueError:
        return Precision.DAY
    return min(found, Precision.DAY)


def stretch(instant: int, precision: Precision, zone: str) -> Span:
    """The second, minute, hour, part of day or day of the zone's clock in which an instant lies."""
    step = _STEPS.get(precision, calendar.DAY)
    local = zones.to_local(instant, zone)
    if step <= calendar.HOUR:
        start = instant - local % step
        return Span(start, start + step)
    begin = local // step * step
    start = zones.first_instant(begin, zone)
    return Span(start, max(start, zones.last_instant(begin + step, zone)))


def _decoded(post: Post) -> int | None:
    try:
        return None if post.post_id is None else snowflake.instant(post.post_id)
    except snowflake.BadId:
        return None


def _stated(claimed: When, zone: str) -> Span:
    """The claimed time, to the whole minute where it is stated to the minute: EDTF writes 18:26 as
    18:26:00."""
    if claimed.precision != Precision.MINUTE:
        return claimed.span
    first = stretch(claimed.earliest_start, Precision.MINUTE, zone)
    last = stretch(max(claimed.earliest_start, claimed.latest_end - 1), Precision.MINUTE, zone)
    return first.union(last)


def _gap(shown: Span, stated: Span) -> int:
    """How far the post lies outside, from its own start; where it starts just as the other ends, its whole
    stretch."""
    if shown.end <= stated.start:
        return shown.start - stated.start
    if shown.start < stated.end:
        return 0
    return shown.start - stated.end or shown.length


def _arithmetic(post: Post, decoded: int | None, precision: Precision) -> tuple[str, ...]:
    if decoded is None:
        return ()
    steps = (f"({post.post_id} >> 22)", f"+ {snowflake.EPOCH_MS}")
    return (*steps, f"= {decoded}") if precision == Precision.MS else steps

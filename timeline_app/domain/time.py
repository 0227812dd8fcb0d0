"""Spans and moments as historians know them: four instants, a precision and a basis; no texts, no parsing.

An instant is an int: milliseconds UTC since 1970-01-01, within int64. Ends are exclusive. The difference of
two far instants may not fit in int64: subtract as Python ints before you hand numbers to arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import total_ordering

MIN_INSTANT = -9_200_000_000_000_000_000  # about 291 million years before now; means "no known start"
MAX_INSTANT = 9_200_000_000_000_000_000  # as far ahead; means "no known end"


class BadDate(ValueError):
    """A text that is not a date or duration we can read, or that we would have to guess at.

    `code` names the message in the text catalogue, `args_` its parts, `column` the place in the text, from 1.
    """

    def __init__(self, code: str, args: dict[str, object] | None = None, column: int | None = None) -> None:
        super().__init__(code, args, column)  # in this form it survives the way between processes
        self.code = code
        self.args_ = dict(args or {})
        self.column = column

    def __str__(self) -> str:
        place = f" at column {self.column}" if self.column else ""
        return f"{self.code}{place} {self.args_}"


@total_ordering
class Precision(Enum):
    """How finely a time is stated; `max` of two is the coarser. The values are the dataset's words."""

    MS = "ms"
    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    PART_OF_DAY = "part_of_day"
    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Precision):
            return NotImplemented
        return _FINE_TO_COARSE.index(self) < _FINE_TO_COARSE.index(other)


_FINE_TO_COARSE = tuple(Precision)


class Basis(Enum):
    """Where a time comes from."""

    DOCUMENT = "document"
    POST_ID = "post_id"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time from start up to, not including, end; of length 0 it is a single instant."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a span ends at {self.end}, before it starts at {self.start}")

    @property
    def length(self) -> int:
        """Milliseconds; may exceed int64 for spans of deep time."""
        return self.end - self.start

    def contains(self, other: int | Span) -> bool:
        """Whether an instant, or a whole span, lies within."""
        if isinstance(other, Span):
            return self.start <= other.start and other.end <= self.end
        return self.start <= other < self.end

    def overlaps(self, other: Span) -> bool:
        """Whether they share time. An instant shares it with the span it begins, not with the one it ends."""
        if self.length and other.length:
            return self.start < other.end and other.start < self.end
        return self == other or self.contains(other.start) or other.contains(self.start)

    def intersect(self, other: Span) -> Span | None:
        """The time they share, or None."""
        if not self.overlaps(other):
            return None
        return Span(max(self.start, other.start), min(self.end, other.end))

    def union(self, other: Span) -> Span:
        """The smallest span with both in it."""
        return Span(min(self.start, other.start), max(self.end, other.end))

    def padded(self, fraction: float) -> Span:
        """Wider by this fraction of its length on each side, within the instants there are."""
        margin = round(self.length * fraction)
        return Span(max(MIN_INSTANT, self.start - margin), min(MAX_INSTANT, self.end + margin))


@dataclass(frozen=True, slots=True)
class When:
    """When something began and ended, each between two instants: all that a timeline draws of it.

    `zone` None: no source states one. `open_start`, `open_end`: nothing bounds that side, and its outer bound
    is MIN_INSTANT or MAX_INSTANT. `text` is the EDTF it came from.
    """

    earliest_start: int
    latest_start: int
    earliest_end: int
    latest_end: int
    precision: Precision
    basis: Basis = Basis.DOCUMENT
    zone: str | None = None
    text: str = ""
    approximate: bool = False
    uncertain: bool = False
    open_start: bool = False
    open_end: bool = False

    @property
    def span(self) -> Span:
        """All the time it may have taken."""
        return Span(self.earliest_start, self.latest_end)

    @property
    def is_ordered(self) -> bool:
        """Whether each pair of bounds is in order; ask after replacing bounds by hand."""
        return (
            self.earliest_start <= self.latest_start <= self.latest_end
            and self.earliest_start <= self.earliest_end <= self.latest_end
        )

    @property
    def is_moment(self) -> bool:
        """Whether it may have been a single moment, known no finer than its bounds."""
        same_bounds = (self.earliest_start, self.latest_start) == (self.earliest_end, self.latest_end)
        return same_bounds or self.core is None

    @property
    def core(self) -> Span | None:
        """The time it certainly took, or None if there is no such time."""
        return Span(self.latest_start, self.earliest_end) if self.latest_start <= self.earliest_end else None

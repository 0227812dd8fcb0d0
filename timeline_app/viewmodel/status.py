"""What the window says about the picture in words: the status line, the counts of the dataset, the name of
the zone. Pure: no widget, no clock.
"""
from __future__ import annotations

from dataclasses import dataclass

from timeline_app.base.text import Texts
from timeline_app.domain import zones
from timeline_app.domain.calendar import DAY, HOUR, MINUTE, SECOND
from timeline_app.engine.dataset import Dataset
from timeline_app.engine.series import Series
from timeline_app.viewmodel import wording
from timeline_app.viewmodel.rebin import bin_for
from timeline_app.viewmodel.state import ViewState

_UNITS = (("d", DAY), ("h", HOUR), ("min", MINUTE), ("s", SECOND), ("ms", 1))
_SINGLE = {DAY: "explore.bin.day", 7 * DAY: "explore.bin.week"}


@dataclass(frozen=True, slots=True)
class Part:
    """One item of the status line. Roles: "span", "bins", "caveat"."""

    text: str
    role: str


def zone_of(state: ViewState, dataset: Dataset) -> str:
    """The zone of the axis: the chosen one, else the dataset's own."""
    return state.setting.zone or dataset.meta.zone


def zone_words(state: ViewState, dataset: Dataset, texts: Texts) -> tuple[str, str]:
    """The zone of the axis by its place, and by what its clock is called in the middle of the window."""
    zone = zone_of(state, dataset)
    return wording.zone_name(zone, texts), zones.abbreviation(state.view.window.centre_us // 1000, zone)


def count_words(dataset: Dataset, texts: Texts) -> tuple[str, ...]:
    """How many events, claims and sources there are; what there is none of is not named."""
    found = (("events", dataset.events), ("claims", dataset.claims), ("sources", dataset.sources))
    return tuple(texts.count(f"explore.count.{name}", len(rows)) for name, rows in found if rows)


def status_parts(state: ViewState, dataset: Dataset, texts: Texts, us_per_px: float = 0.0) -> tuple[Part, ...]:
    """The visible span in its zone, what the bars are at that scale, and what their makers leave open."""
    window = state.view.window
    parts = [Part(wording.span_text(window.span, zone_of(state, dataset), texts), "span")]
    series = [one for one in _shown(state, dataset) if one.bin_ms]
    widths = sorted({bin_for(one, us_per_px) for one in series})
    if widths:
        words = [_bin_words(width, texts) for width in widths]
        parts.append(Part(texts.get("explore.bins", bins=_either(words, texts)), "bins"))
    if any(one.bin == "1d" and not one.zone_is_stated for one in series):
        parts.append(Part(texts.get("explore.caveat.day_boundary"), "caveat"))
    if not zones.rules_apply(window.centre_us // 1000):
        parts.append(Part(texts.get("explore.caveat.no_rules"), "caveat"))
    return tuple(parts)


def _bin_words(width_ms: int, texts: Texts) -> str:
    if width_ms in _SINGLE:
        return texts.get(_SINGLE[width_ms])
    name, unit = next((name, unit) for name, unit in _UNITS if width_ms % unit == 0)
    return texts.count(f"time.long.{name}", width_ms // unit)


def _shown(state: ViewState, dataset: Dataset) -> list[Series]:
    """The counted series whose lanes are not hidden."""
    hidden = state.view.lanes.hidden
    ids = [lane.series_id for lane in dataset.meta.lanes if lane.series_id and lane.id not in hidden]
    return [dataset.series_by_id[one] for one in ids if one in dataset.series_by_id]


def _either(words: list[str], texts: Texts) -> str:
    """"a", "a or b", "a, b or c"."""
    if len(words) == 1:
        return words[0]
    return texts.get("explore.either", first=", ".join(words[:-1]), last=words[-1])

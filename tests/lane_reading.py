"""Lanes as a test makes and reads them: a fixed-width measure, invented events and counts, labels as boxes."""
from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import numpy as np

from fakes import MIDNIGHT, words
from timeline_app.base.text import catalogue
from timeline_app.domain.calendar import DAY, MINUTE
from timeline_app.domain.records import Event
from timeline_app.domain.time import Precision, Span, When
from timeline_app.engine.dataset import Dataset, LaneSpec, Meta
from timeline_app.engine.series import Series
from timeline_app.viewmodel.picture import LanePicture, LaneRequest
from timeline_app.viewmodel.window import TimeScale, Window

Box = tuple[float, float, float, float]
WEEK = Span(MIDNIGHT, MIDNIGHT + 7 * DAY)


def measure(text: str, size: int, weight: str) -> float:
    """7 px for each character at 13 px."""
    return 7.0 * len(text) * size / 13


def certain(days: float, hours: float, precision: Precision = Precision.MINUTE) -> When:
    """From so many days after the midnight on, for so many hours, both ends known."""
    start = MIDNIGHT + round(days * DAY)
    end = start + round(hours * DAY / 24)
    return When(start, start, end, end, precision)


def within(days: float, hours: float, precision: Precision = Precision.DAY) -> When:
    """One moment, known to lie within so many hours."""
    start = MIDNIGHT + round(days * DAY)
    end = start + round(hours * DAY / 24)
    return When(start, end, start, end, precision)


def at(days: float) -> When:
    """One minute."""
    return within(days, MINUTE * 24 / DAY, Precision.MINUTE)


def event(name: str, when: When, **fields: object) -> Event:
    """An event whose title, in both languages, is its name."""
    return Event(name, words(name), when, **fields)


def dataset(events: tuple[Event, ...] = (), series: tuple[Series, ...] = (), **fields: object) -> Dataset:
    """A dataset of these events and series, opening on the week."""
    meta = Meta("made", "made", words("Made for a test"), "UTC", opening=WEEK, lanes=fields.pop("lanes", ()))
    return Dataset(fields.pop("meta", meta), events=events, series=series, **fields)


def counted(start_ms: int, values: object, **fields: object) -> Series:
    """A series of bins one after the other, 10 minutes each unless `bin` says otherwise."""
    table = np.asarray(values, dtype=np.int64)
    table = table.reshape(len(table), -1) if len(table) else table.reshape(0, 1)
    told = {"id": "s", "title": words("Tweets"), "short": words("#tag"), "per": words("tweets per bin"),
            "who": words("a study"), "unit": "tweets", "bin": "10min", "zone": "UTC"} | fields
    width = Series(**told, start=np.zeros(0), values=np.zeros((0, 1))).bin_ms
    told["start"] = start_ms + np.arange(len(table), dtype=np.int64) * width
    return Series(**told, values=table)


def request(data: Dataset, kind: str = "events", span: Span = WEEK, **fields: object) -> LaneRequest:
    """A request for one lane of all events, or of the first series; `width`, `spec` and all fields can be given."""
    spec = LaneSpec("lane", kind, "documented", words("A lane"), event_ids=tuple(one.id for one in data.events),
                    series_id=data.series[0].id if data.series else "")
    width, language = fields.pop("width", 1000.0), fields.pop("language", "en")
    told = {"spec": spec, "height": 120.0, "zone": "UTC"} | fields
    return LaneRequest(dataset=data, scale=TimeScale(Window.of(span), width), texts=catalogue(language),
                       measure=measure, **told)


def said(picture: LanePicture) -> list[str]:
    """The texts of all labels, the parts of each joined by a space."""
    return [" ".join(run.text or run.glyph for run in label.runs) for label in picture.labels]


def boxes(picture: LanePicture, scale: TimeScale) -> Iterator[Box]:
    """Each label as (left, top, right, bottom) px of its lane."""
    for label in picture.labels:
        size = max(run.size for run in label.runs)
        left = label.dx + (scale.x(label.anchor_ms) if label.anchor_ms is not None else 0.0)
        yield left, label.baseline - 0.8 * size, left + label.width, label.baseline + 0.25 * size


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than a border."""
    slack = 0.01
    return (one[0] < other[2] - slack and other[0] < one[2] - slack
            and one[1] < other[3] - slack and other[1] < one[3] - slack)


def faults(picture: LanePicture, scale: TimeScale, height: float) -> list[str]:
    """What is wrong with the labels of a lane: cut by its top, its bottom or the window, or over each other."""
    found: list[str] = []
    seen: list[Box] = []
    for text, box in zip(said(picture), boxes(picture, scale), strict=True):
        if box[1] < -0.01 or box[3] > height + 0.01:
            found.append(f"{text}: {box[1]:.1f} to {box[3]:.1f} of {height}")
        if box[0] < -0.01 or box[2] > scale.width + 0.01:
            found.append(f"{text}: {box[0]:.1f} to {box[2]:.1f} of {scale.width} across")
        found += [f"{text}: over another label" for other in seen if overlap(box, other)]
        seen.append(box)
    return found


def plain(value: object) -> object:
    """A picture or frame as nested tuples that can be compared."""
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.tolist()
    if isinstance(value, tuple):
        return tuple(plain(one) for one in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type | Dataset):
        return type(value).__name__, *(plain(getattr(value, one.name)) for one in dataclasses.fields(value))
    return value

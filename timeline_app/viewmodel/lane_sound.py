"""A counted lane as a sound: the picture from left to right in twelve seconds, higher where the bars are higher.

Each step is a tenth of a second and sounds as its highest bar: a tone between 220 and 1,760 Hz, three octaves, on the
scale that the lane is drawn with. Nothing counted is a low, soft tone of 110 Hz; where nobody counted there is no tone
but a tick of noise, so that unknown is never heard as zero.
"""
from __future__ import annotations

import io
import wave
from pathlib import Path

import numpy as np

from timeline_app.base import safe_io
from timeline_app.base.problems import UserError
from timeline_app.domain.time import Span
from timeline_app.viewmodel import bars
from timeline_app.viewmodel.frame import Frame, PlacedLane

STEPS, STEP_S, RATE = 120, 0.1, 22_050
LOWEST_HZ, OCTAVES, ZERO_HZ = 220.0, 3.0, 110.0
LOUD, SOFT, TICK = 0.55, 0.18, 0.12
EASE_S, TICK_S = 0.008, 0.02
FORMAT = ".wav"


def steps(lane: PlacedLane, window: Span) -> np.ndarray:
    """float64[120]: how high the highest bar of each step is, 0 to 1 of the peak; nan where all of it is a gap."""
    counted, edges = lane.picture.counted, np.linspace(window.start, window.end, STEPS + 1)
    found = np.zeros(STEPS)
    if counted is not None and len(counted.start):
        first = np.searchsorted(edges, counted.start, side="right") - 1
        last = np.searchsorted(edges, counted.end, side="left") - 1
        for low, high, total in zip(first.tolist(), last.tolist(), counted.totals.tolist(), strict=True):
            some = found[max(low, 0):max(high, low, 0) + 1]
            np.maximum(some, total, out=some)
        found = bars.share(found, max(float(found.max()), 1.0), lane.request.look.scale)
    for gap in lane.picture.gaps:
        inside = (gap.start_ms <= edges[:-1]) & (edges[1:] <= gap.end_ms) & (found == 0)
        found[inside] = np.nan
    return found


def pitches(shares: np.ndarray) -> np.ndarray:
    """float64[n] Hz for heights 0 to 1: higher for higher ones, 110 for nothing, nan where nothing is known."""
    return np.where(shares > 0, LOWEST_HZ * 2.0 ** (OCTAVES * shares), np.where(shares == 0, ZERO_HZ, np.nan))


def samples(shares: np.ndarray) -> np.ndarray:
    """float64[n * 2205], -1 to 1: the tones of steps, without a click between them."""
    each = round(STEP_S * RATE)
    hz = np.repeat(pitches(shares), each)
    is_known = ~np.isnan(hz)
    phase = np.cumsum(np.where(is_known, hz, 0.0)) * (2 * np.pi / RATE)
    loud = np.repeat(np.where(np.isnan(shares), 0.0, np.where(shares > 0, LOUD, SOFT)), each)
    ease = round(EASE_S * RATE)
    smooth = np.convolve(np.pad(loud, ease, mode="constant"), np.ones(ease) / ease, mode="same")[ease:-ease]
    return smooth * np.sin(phase) + _ticks(np.isnan(shares), each)


def _ticks(unknown: np.ndarray, each: int) -> np.ndarray:
    """A short burst of noise, the same each time, at the beginning of every second step without data."""
    burst = np.zeros(each)
    length = round(TICK_S * RATE)
    burst[:length] = TICK * np.random.default_rng(7).uniform(-1, 1, length) * np.linspace(1, 0, length)
    heard = unknown & (np.arange(len(unknown)) % 2 == 0)
    return (heard[:, None] * burst).reshape(-1)


def as_wav(shares: np.ndarray) -> bytes:
    """The sound as a WAV file: one channel, 16 bits, 22,050 Hz."""
    held, whole = io.BytesIO(), np.clip(samples(shares), -1, 1)
    with wave.open(held, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((whole * 32_767).astype("<i2").tobytes())
    return held.getvalue()


def chosen(frame: Frame, lane_id: str) -> PlacedLane | None:
    """The lane of that id if it has bars, else the first that has; None where none has."""
    counted = [lane for lane in frame.lanes if lane.picture.counted is not None]
    return next((lane for lane in counted if lane.spec.id == lane_id), counted[0] if counted else None)


def write(lane: PlacedLane, window: Span, place: Path) -> str:
    """Write the sound of a lane to a file, as a whole or not at all; the lane's title. UserError where that cannot be
    done."""
    target = place if place.suffix.lower() == FORMAT else place.with_name(place.name + FORMAT)
    try:
        safe_io.write_atomic(target, as_wav(steps(lane, window)))
    except OSError as error:
        raise UserError("cannot_write", name=str(target), reason=error.strerror or str(error)) from error
    return lane.picture.heading.title

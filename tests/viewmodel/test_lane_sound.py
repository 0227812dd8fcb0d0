"""A lane as a sound: as long as it says, higher for more, and unknown never heard as nothing."""
from __future__ import annotations

import io
import wave

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes import tiny_dataset
from lane_reading import measure
from timeline_app.base.problems import UserError
from timeline_app.viewmodel import lane_sound, moves, walk
from timeline_app.viewmodel.frame import Frame, FrameRequest, compose
from timeline_app.viewmodel.state import LaneChoice, LaneLook
from views import crowded

shares = st.lists(st.floats(0, 1) | st.just(float("nan")), min_size=2, max_size=40).map(np.array)


def opened(data=None, **choice) -> Frame:
    chosen = data or tiny_dataset()
    state = moves.look(walk.opening(chosen), lanes=LaneChoice(**choice))
    return compose(FrameRequest(chosen, state, 1_000.0, 700.0, measure))


def lane(frame: Frame, name: str):
    return next(one for one in frame.lanes if one.spec.id == name)


@given(shares)
def test_that_more_is_always_higher_and_nothing_is_lowest(some):
    found = lane_sound.pitches(some)
    known = ~np.isnan(some)
    order = np.argsort(some[known])
    assert (np.diff(found[known][order]) >= 0).all()
    assert (np.isnan(found) == ~known).all()
    assert (found[known][some[known] > 0] >= lane_sound.LOWEST_HZ).all()
    assert (found[known][some[known] == 0] == lane_sound.ZERO_HZ).all()


def strongest(part: np.ndarray) -> float:
    """The Hz of the loudest tone of some samples."""
    heard = np.abs(np.fft.rfft(part * np.hanning(len(part)), 8 * len(part)))
    return float(np.fft.rfftfreq(8 * len(part), 1 / lane_sound.RATE)[heard.argmax()])


def test_that_the_tones_in_the_file_are_those_of_the_bars():
    heights = np.array([0.25, 0.5, 0.75, 1.0])
    made = lane_sound.samples(heights).reshape(4, -1)
    for share, part in zip(heights, made, strict=True):
        assert strongest(part[200:]) == pytest.approx(220 * 8 ** share, rel=0.02)


def test_that_zero_and_no_data_sound_different():
    zero, unknown = (np.abs(lane_sound.samples(np.array([value] * 4))) for value in (0.0, float("nan")))
    assert strongest(lane_sound.samples(np.zeros(4))) == pytest.approx(lane_sound.ZERO_HZ, rel=0.05)
    length = round(lane_sound.TICK_S * lane_sound.RATE)
    assert unknown[:length].any() and not unknown[length:2 * round(lane_sound.STEP_S * lane_sound.RATE)].any()
    assert (zero > 0.01).mean() > 0.8


def test_that_nothing_clicks_between_steps():
    loud = lane_sound.samples(np.array([1.0, 0.0, float("nan"), 0.6]))
    assert np.abs(np.diff(loud)).max() < 0.6 * 2 * np.pi * 1_760 / lane_sound.RATE


def test_that_the_highest_step_is_where_the_highest_bar_is():
    frame = opened()
    window = frame.scale.window.span
    found = lane_sound.steps(lane(frame, "daily"), window)
    counted = lane(frame, "daily").picture.counted
    top = int(counted.totals.argmax())
    middle = (int(counted.start[top]) + int(counted.end[top])) // 2
    assert found[int((middle - window.start) * lane_sound.STEPS / window.length)] == found[~np.isnan(found)].max() == 1


def test_that_every_bar_is_heard_and_gaps_are_unknown():
    frame = opened(crowded())
    count = lane(frame, "count")
    found = lane_sound.steps(count, frame.scale.window.span)
    assert len(found) == lane_sound.STEPS and np.isnan(found).any() and (found > 0).any()
    hidden = sum(gap.end_ms - gap.start_ms for gap in count.picture.gaps) / frame.scale.window.span.length
    assert np.isnan(found).mean() == pytest.approx(hidden, abs=0.03)


def test_that_the_scale_is_that_of_the_picture():
    plain, log = (opened(looks=(LaneLook("daily", scale),)) for scale in ("linear", "log"))
    one, other = (lane_sound.steps(lane(frame, "daily"), frame.scale.window.span) for frame in (plain, log))
    assert np.nanmax(one) == np.nanmax(other) == 1 and np.nanmin(other) > np.nanmin(one)


def test_that_it_is_a_wav_of_12_seconds(tmp_path):
    frame = opened()
    title = lane_sound.write(lane(frame, "daily"), frame.scale.window.span, tmp_path / "lane")
    assert title == "#example"
    with wave.open(io.BytesIO((tmp_path / "lane.wav").read_bytes())) as heard:
        assert (heard.getnchannels(), heard.getsampwidth(), heard.getframerate()) == (1, 2, 22_050)
        assert heard.getnframes() / heard.getframerate() == pytest.approx(12)
    assert 6 <= lane_sound.STEPS * lane_sound.STEP_S <= 20


def test_that_a_place_that_cannot_be_written_is_said(tmp_path):
    frame = opened()
    with pytest.raises(UserError, match="cannot_write"):
        lane_sound.write(lane(frame, "daily"), frame.scale.window.span, tmp_path / "none" / "lane.wav")


def test_that_the_chosen_lane_sounds_else_the_first_that_has_bars():
    frame = opened()
    assert lane_sound.chosen(frame, "daily").spec.id == "daily"
    assert lane_sound.chosen(frame, "portals").spec.id == "coded"
    assert lane_sound.chosen(opened(hidden=frozenset({"coded", "daily"})), "daily") is None

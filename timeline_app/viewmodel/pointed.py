"""What is at a place of the lanes, in words: an event's title, a figure, a tweet, or what was counted there."""
from __future__ import annotations

from dataclasses import replace

from timeline_app.viewmodel import shown_lanes, tweet_readout
from timeline_app.viewmodel.frame import Frame
from timeline_app.viewmodel.readout import readout
from timeline_app.viewmodel.window import TimeScale


def words_at(frame: Frame, scale: TimeScale, x: float, y: float) -> str:
    """The words for a place of the column of lanes, drawn with this scale; "" where there is nothing to say."""
    lane = frame.lane_at(y)
    if lane is None or lane.request is None:
        return ""
    request, found = replace(lane.request, scale=scale), frame.hit(scale, x, y)
    words = request.zone, request.texts
    if found is not None:
        name = found[1].name
        return tweet_readout.tweet_words_of(found[1].id, request.dataset, words) if found[1].kind == "tweet" else name
    if lane.spec.kind == shown_lanes.TWEETS:
        return tweet_readout.readout(request, x)
    return readout(lane.spec.series_id, request.dataset, scale, x, words) if lane.spec.series_id else ""

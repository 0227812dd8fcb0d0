"""What can be shown of tweets while they are still being read: their counts by minute so far, as one lane of a dataset
beside the lanes that are there. It is replaced by the collection itself.
"""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from timeline_app.domain.records import Words
from timeline_app.engine.collection_lanes import said
from timeline_app.engine.dataset import Dataset, LaneSpec, Meta
from timeline_app.engine.series import Series

LANE = "loading"
_MINUTE_MS = 60_000
_UNIT = "tweets"


def shown(title: Words, base: Dataset | None, counted: tuple[np.ndarray, np.ndarray], percent: int) -> Dataset:
    """A dataset, or an empty one, with a lane of what was read so far: minutes since 1970 (ascending), their counts."""
    start = np.asarray(counted[0], np.int64) * _MINUTE_MS
    values = np.asarray(counted[1], np.int64).reshape(-1, 1)
    heading = said("tweets.lane.loading", percent=str(percent))
    series = Series(LANE, heading, heading, said("tweets.lane.loading_per"), title, _UNIT, "1min", "UTC", start, values,
                    missing_bins_are_zero=True)
    lane = LaneSpec(LANE, "counts", "counted", heading, title, series_id=LANE)
    found = base or Dataset(Meta("", LANE, title))
    meta = replace(found.meta, lanes=(*found.meta.lanes, lane), overview_series=found.meta.overview_series or LANE)
    return replace(found, meta=meta, series=(*found.series, series))

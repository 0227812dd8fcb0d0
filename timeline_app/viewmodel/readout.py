"""What is counted under the pointer, in words: the bin, its sum and its parts. The figures are those that are drawn."""
from __future__ import annotations

from decimal import Decimal

from timeline_app.base.text import Texts
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Dataset
from timeline_app.engine.series import Series
from timeline_app.viewmodel import rebin, wording
from timeline_app.viewmodel.answer_words import Manner, quantity
from timeline_app.viewmodel.window import TimeScale


def readout(series_id: str, dataset: Dataset, scale: TimeScale, x: float, words: tuple[str, Texts]) -> str:
    """The bin at an x of a counted lane, for an axis in (zone, texts); "" where nothing was counted."""
    series, (zone, texts) = dataset.series_by_id.get(series_id), words
    if series is None or series.bin_ms == 0:
        return ""
    at, width = scale.at(x), rebin.bin_for(series, scale.us_per_px)
    binned = rebin.rebin(series, at, at + 1, width)
    for start, values in zip(binned.start.tolist(), binned.values.tolist(), strict=True):
        if start <= at < start + width:
            manner = Manner(texts, zone, None, lambda table, key: dataset.meta.word(table, key).say(texts.language))
            return _bin_words(series, Span(start, start + width), values, manner)
    return ""


def _bin_words(series: Series, span: Span, values: list[int], manner: Manner) -> str:
    texts, zone = manner.texts, manner.axis_zone if series.zone_is_stated else "UTC"
    head = texts.get("lane.bin_read", span=wording.span_text(span, zone, texts),
                     amount=quantity(Decimal(sum(values)), series.unit, manner))
    parts = [f"{category.label.say(texts.language)} {value:,}"
             for category, value in zip(series.categories, values, strict=False)]
    return f"{head} ({', '.join(parts)})" if parts else head

"""A citation of what is on screen, from which the same view can be made again. Citing an event is `domain.cite`."""
from __future__ import annotations

from timeline_app.base.text import Texts
from timeline_app.domain import zones
from timeline_app.domain.calendar import DAY, HOUR, MINUTE, SECOND, civil_from_days
from timeline_app.engine.dataset import Dataset
from timeline_app.viewmodel import grouping, status, tweet_pick, wording
from timeline_app.viewmodel.state import LaneChoice, ViewState


def iso(instant: int, zone: str) -> str:
    """An instant as ISO 8601 with its offset, to the second; of a year beyond four digits the year alone, in EDTF. An
    old offset with seconds, which ISO cannot say, is cut to its minute and the clock with it: the instant is kept."""
    offset = zones.offset_ms(instant, zone) // MINUTE * MINUTE
    days, rest = divmod(instant + offset, DAY)
    year, month, day = civil_from_days(days)
    if abs(year) > 9_999:
        return f"Y{year}"
    date = f"{year:0{5 if year < 0 else 4}}-{month:02}-{day:02}"
    sign, away = ("-" if offset < 0 else "+"), abs(offset)
    clock = f"{rest // HOUR:02}:{rest % HOUR // MINUTE:02}:{rest % MINUTE // SECOND:02}"
    return f"{date}T{clock}{sign}{away // HOUR:02}:{away % HOUR // MINUTE:02}"


def cite_view(state: ViewState, dataset: Dataset, version: str, texts: Texts) -> str:
    """Dataset, span in words and in EDTF, zone, selection and search, and the version of the app."""
    view, zone = state.view, status.zone_of(state, dataset)
    span = view.window.span
    lines = [texts.get("cite.view", title=dataset.meta.title.say(texts.language),
                       span=wording.span_text(span, zone, texts), version=version),
             texts.get("cite.dataset", id=dataset.meta.id or dataset.meta.name, licence=dataset.meta.licence or "-"),
             texts.get("cite.span", edtf=f"{iso(span.start, zone)}/{iso(span.end, zone)}", zone=zone)]
    event, tweet = dataset.event_by_id.get(view.selected), tweet_pick.found(view.selected, dataset)
    if event is not None:
        lines.append(texts.get("cite.selected", title=event.title.say(texts.language), id=event.id))
    if tweet is not None:
        title = texts.get("cite.tweet", collection=tweet[0].title.say(texts.language))
        lines.append(texts.get("cite.selected", title=title, id=view.selected))
    lines += _lanes(view.lanes, dataset, texts)
    if view.query:
        lines.append(texts.get("cite.query", query=view.query))
    return "\n".join(lines) + "\n"


def _lanes(choice: LaneChoice, dataset: Dataset, texts: Texts) -> list[str]:
    """What the viewer did to the lanes: grouped, put in order, hidden, added, folded, drawn otherwise, set apart."""
    lines = []
    if choice.group:
        lines.append(texts.get("cite.lanes.group", what=grouping.title(choice.group).say(texts.language)))
    if choice.order:
        lines.append(texts.get("cite.lanes.order", order=texts.get(f"lane.order.{choice.order}")))
    if choice.arranged:
        lines.append(texts.get("cite.lanes.arranged", lanes=", ".join(choice.arranged)))
    lines += [texts.get(f"cite.lanes.{name}", lanes=", ".join(sorted(lanes))) for name, lanes in
              (("hidden", choice.hidden), ("added", choice.added), ("folded", choice.folded)) if lanes]
    for look in choice.looks:
        said = [texts.get(f"lane.scale.{look.scale}")] if look.scale != "linear" else []
        said += [texts.get(f"cite.weight.{look.weight}")] if look.weight else []
        said += [texts.get("cite.apart")] if look.apart else []
        lines.append(texts.get("cite.lane", lane=look.lane, look=", ".join(said)))
    if dataset.collections:
        lines += [texts.get("cite.collection", id=one.id, title=one.title.say(texts.language),
                            store=one.store.folder.name, n=f"{len(one.store):,}") for one in dataset.collections]
    return lines

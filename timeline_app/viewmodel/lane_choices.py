"""The lanes that a viewer can show or hide, by group: the dataset's own or those that its events are grouped in, and of
each collection all tweets, stacks of a column, kinds, languages and tags, the most frequent first. Painting them is
`qt/lane_chooser`.
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from timeline_app.base.text import Texts
from timeline_app.engine import collection_lanes, event_index
from timeline_app.engine.dataset import Collection, Dataset, LaneSpec
from timeline_app.engine.tweets.store import Term
from timeline_app.viewmodel import moves, note_lanes, shown_lanes, tweet_words
from timeline_app.viewmodel.notebook import NoteBook
from timeline_app.viewmodel.state import LaneChoice, View, ViewState

MOST_OF_GROUP = 100  # that are offered at once
SEARCHED = 50_000  # terms of a group that are looked through for what is typed


@dataclass(frozen=True, slots=True)
class Choice:
    """One line: a lane with its count and whether it is shown, or with no lane the name of a group; `more` counts those
    of a group that are not listed."""

    text: str
    lane: str = ""
    note: str = ""
    is_shown: bool = False
    more: int = 0


def choices(dataset: Dataset, view: View, typed: str, texts: Texts, notes: NoteBook | None = None
            ) -> tuple[Choice, ...]:
    """All lines, lanes of notes first, of those that hold each typed word where something is typed."""
    choice = view.lanes
    wanted = tuple(typed.casefold().split())
    found: list[Choice] = []
    noted = [Choice(lane.title.say(texts.language), lane.id, f"{len(note_lanes.names(notes, lane.id)):,}",
                    is_shown(dataset, choice, lane.id)) for lane in (note_lanes.all_lanes(notes) if notes else ())]
    own = texts.get("lane.half_noted"), [one for one in noted if _holds(one.text, wanted)], 0
    for title, lines, more in (own, *_groups(dataset, view, wanted, texts)):
        if lines:
            found += [Choice(title, more=more), *lines]
    return tuple(found)


def is_shown(dataset: Dataset, choice: LaneChoice, lane: str) -> bool:
    """Whether a lane is shown as one."""
    known = lane in choice.added or _is_own(dataset, choice, lane)
    return known and lane not in choice.hidden


def turned(dataset: Dataset, state: ViewState, lane: str) -> ViewState:
    """Show a lane, and choose it, or take it away."""
    choice = state.view.lanes
    own = _is_own(dataset, choice, lane)
    shows = not is_shown(dataset, choice, lane)
    if own or (lane in choice.added and lane in choice.hidden):
        changed = moves.toggle_lane(state, lane)
    else:
        changed = moves.toggle_added_lane(state, lane)
    return moves.look(changed, lane=lane) if shows else changed


def _is_own(dataset: Dataset, choice: LaneChoice, lane: str) -> bool:
    """Whether a lane is there without having been added: one of notes, of the dataset, or of a group of its events."""
    own = (*dataset.meta.lanes, *shown_lanes.all_lanes(dataset, choice))
    return lane in note_lanes.LANES or (lane not in choice.added and any(one.id == lane for one in own))


Group = tuple[str, list[Choice], int]


def _groups(dataset: Dataset, view: View, wanted: tuple[str, ...], texts: Texts) -> Iterator[Group]:
    choice = view.lanes
    own = [one for one in shown_lanes.all_lanes(dataset, choice) if not one.collection_id]
    lines = [Choice(_title(dataset, one, texts), one.id, _amount(dataset, one, view, texts),
                    is_shown(dataset, choice, one.id)) for one in own]
    yield texts.get("lane_chooser.own"), [one for one in lines if _holds(one.text, wanted)], 0
    for collection in dataset.collections:
        name = collection.title.say(texts.language) if len(dataset.collections) > 1 else ""
        yield _stacks(dataset, choice, collection, (wanted, texts, name))
        for group in collection.store.groups():
            yield _terms(dataset, choice, (collection, group), (wanted, texts, name))


def _amount(dataset: Dataset, lane: LaneSpec, view: View, texts: Texts) -> str:
    """How many events a lane holds, and how many of them are in view."""
    if not lane.event_ids:
        return ""
    seen = event_index.of(dataset, lane.event_ids).count(view.window.span)
    return texts.get("lane_chooser.in_view", n=f"{seen:,}", all=f"{len(lane.event_ids):,}")


def shown_one(dataset: Dataset, state: ViewState) -> ViewState:
    """No lane but the chosen one, or the first that is shown: there always is one."""
    every = [one.id for one in shown_lanes.all_lanes(dataset, state.view.lanes)]
    shown = [one.id for one in shown_lanes.shown(dataset, state.view.lanes)] or every
    kept = state.view.lane if state.view.lane in every else next(iter(shown), "")
    hidden = frozenset(one for one in every if one != kept)
    lanes = replace(state.view.lanes, hidden=(state.view.lanes.hidden | hidden) - {kept})
    return moves.look(state, lane=kept, lanes=lanes)


def _title(dataset: Dataset, lane: LaneSpec, texts: Texts) -> str:
    """What a lane is called, or what it counts."""
    series = dataset.series_by_id.get(lane.series_id)
    said = [lane.title] + ([series.short, series.title] if series is not None else [])
    return next((words for words in (one.say(texts.language) for one in said) if words), lane.id)


def _stacks(dataset: Dataset, choice: LaneChoice, collection: Collection, asked: tuple[tuple[str, ...], Texts, str]
            ) -> Group:
    """All tweets, and each group that can be drawn as one stack."""
    wanted, texts, name = asked
    whole = f"{len(collection.store):,}"
    lines = []
    for what in ("", *(one for one in collection.store.groups() if one != collection_lanes.TAGS)):
        spec = collection_lanes.lane(collection, what)
        if spec is not None and _holds(spec.title.say(texts.language), wanted):
            lines.append(Choice(spec.title.say(texts.language), spec.id, "" if what else whole,
                                is_shown(dataset, choice, spec.id)))
    return _titled(texts.get("lane_chooser.whole"), name), lines, 0


def _terms(dataset: Dataset, choice: LaneChoice, of: tuple[Collection, str],
           asked: tuple[tuple[str, ...], Texts, str]) -> Group:
    """The terms of a group; ticked ones that are rare stand there too."""
    (collection, group), (wanted, texts, name) = of, asked
    terms = collection.store.terms(group)
    kept = terms
    if wanted:
        kept = [term for term in terms[:SEARCHED] if _holds(_known_as(collection, term, texts), wanted)]
    first = list(kept[:MOST_OF_GROUP])
    added = {lane.partition("/")[2] for lane in choice.added if lane.startswith(f"{collection.id}/")}
    first += [term for term in kept[MOST_OF_GROUP:SEARCHED] if term.key in added] if added else []
    lines = [_line(dataset, choice, collection, (term, texts)) for term in first]
    return (_titled(collection_lanes.group_words(group).say(texts.language), name), lines,
            max(0, len(kept) - len(first)))


def _known_as(collection: Collection, term: Term, texts: Texts) -> str:
    """Everything that a term may be called."""
    named = "" if term.key.startswith(collection_lanes.TAGS) else tweet_words.term(collection.store, term.key, texts)
    return f"{term.shown} {term.key} {named}"


def _line(dataset: Dataset, choice: LaneChoice, collection: Collection, of: tuple[Term, Texts]) -> Choice:
    term, texts = of
    lane = f"{collection.id}/{term.key}"
    return Choice(tweet_words.term(collection.store, term.key, texts), lane, f"{term.tweets:,}",
                  is_shown(dataset, choice, lane))


def _titled(words: str, name: str) -> str:
    return f"{words} · {name}" if name else words


def _holds(text: str, wanted: tuple[str, ...]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in wanted)

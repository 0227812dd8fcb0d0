"""Texts of single tweets as cards over their marks, like flags: each hangs on a thin line from its mark, none over
another, none across another's line. What does not fit stays a mark.
"""
from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from timeline_app.domain import zones
from timeline_app.domain.calendar import DAY
from timeline_app.domain.time import Precision
from timeline_app.engine.dataset import Collection
from timeline_app.engine.tweets import reading
from timeline_app.engine.tweets.reading import Tweet
from timeline_app.viewmodel import dates, text_cut, wording
from timeline_app.viewmodel.picture import Label, LaneRequest, Rule, Run
from timeline_app.viewmodel.tweet_marks import Marks

MOST = 40
SIZE, WIDEST = 12, 260.0
LINES = (6, 4, 3, 2, 1)
PAD, APART, EDGE = 5.0, 8.0, 4.0
FINE_MS = 20_000  # a window shorter than that shows milliseconds


@dataclass(slots=True)
class Cards:
    """The cards of a lane: labels, the lines they hang on, and how many there are."""

    labels: list[Label] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    shown: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cards from the marks up: the y of their lower end, their height, and the lines of text in each."""

    floor: float
    row: float
    rows: int
    lines: int


def room_for(request: LaneRequest) -> float:
    """The px that one row of cards needs: a line for the time, one for the text."""
    return 2 * _step(request) + APART


def lay_out(marks: Marks, collection: Collection, request: LaneRequest, head: float) -> Cards:
    """Cards between the marks and `head` px from the top: with as many lines of text as all have room for, else as many
    cards as there is room for."""
    tweets = reading.tweets(collection.store, marks.seen.rows)
    best = Cards()
    for lines in LINES if any(tweet.text for tweet in tweets) else (0,):
        cards = _laid(marks, tweets, request, _grid(marks, request, head, lines))
        best = cards if cards.shown > best.shown else best
        if best.shown == len(tweets):
            break
    return best


def _laid(marks: Marks, tweets: tuple[Tweet, ...], request: LaneRequest, grid: Grid) -> Cards:
    """Cards to the right of their lines from the last to the first, so that no line crosses an earlier card; near the
    right edge to the left of them, from the first to the last."""
    cards, width = Cards(), request.scale.width
    taken: list[list[tuple[float, float]]] = [[] for _ in range(grid.rows)]
    xs = np.clip((marks.left + np.minimum(marks.right, marks.left + 3)) / 2, 0.0, width).tolist()
    turn = width - _widest(request) - PAD - EDGE
    onward = [n for n in range(len(xs) - 1, -1, -1) if xs[n] <= turn]
    backward = [n for n in range(len(xs)) if xs[n] > turn]
    for number in (*onward, *backward) if taken else ():
        words, x = _words(tweets[number], request, grid.lines), xs[number]
        wide = max(_width(run, request) for run in words)
        left = x + PAD if x <= turn else x - PAD - wide
        box = (min(x, left) - 1, max(x, left + wide) + 1)
        row = _row(taken, x, (box[0], box[1] + APART) if x <= turn else (box[0] - APART, box[1])) if left >= 0 else -1
        if row >= 0:
            _hang(cards, marks, number, (words, left, row, grid, request))
    return cards


def _widest(request: LaneRequest) -> float:
    return min(WIDEST * request.text_percent / 100, request.scale.width / 2)


def _grid(marks: Marks, request: LaneRequest, head: float, lines: int) -> Grid:
    """As many rows of cards as there is room for between the marks and the top."""
    floor, row = request.height - 1.0 - marks.strip - 3.0, (1 + lines) * _step(request) + APART
    return Grid(floor, row, max(0, int((floor - head) // row)), lines)


def _step(request: LaneRequest) -> float:
    return request.px(SIZE) * 1.3


def _row(taken: list[list[tuple[float, float]]], x: float, box: tuple[float, float]) -> int:
    """The lowest row with room for a card whose line crosses no card below; -1 for none. It is taken."""
    for row, boxes in enumerate(taken):
        if all(box[1] <= a or b <= box[0] for a, b in boxes):
            boxes.append(box)
            for below in taken[:row]:
                below.append((x - 2, x + 2))
            return row
        if any(a < x + 2 and x - 2 < b for a, b in boxes):
            return -1
    return -1


def _hang(cards: Cards, marks: Marks, number: int, card: tuple) -> None:
    words, left, row, grid, request = card
    bottom = grid.floor - row * grid.row
    top = bottom - APART - len(words) * _step(request)
    at, step = int(marks.at[number]), _step(request)
    held = not 0 <= request.scale.x(at) <= request.scale.width
    shift = left - (0.0 if held else request.scale.x(at))
    dim = bool(marks.seen.dim[number])
    for line, run in enumerate(words):
        baseline = top + APART / 2 + step * (line + 1) - step * 0.25
        cards.labels.append(Label(None if held else at, shift, baseline, (run,), _width(run, request), number, dim))
    cards.rules.append(Rule(at, top + APART / 2, float(marks.top[number]), "faint"))
    cards.shown += 1


def _width(run: Run, request: LaneRequest) -> float:
    return request.measure(run.text, run.size, run.weight)


def _words(tweet: Tweet, request: LaneRequest, most: int) -> list[Run]:
    """A line with the time, the language and how often it was retweeted; then its text, where there is any."""
    size = request.px(SIZE)
    wide = _widest(request)

    def width(text: str) -> float:
        return request.measure(text, size, "regular")

    head = text_cut.cut(_head(tweet, request), wide, width)
    body = text_cut.lines(text_cut.plain(tweet.text), wide, most, width)
    return [Run(head, "muted", size), *(Run(line, "ink", size) for line in body)]


def _head(tweet: Tweet, request: LaneRequest) -> str:
    texts = request.texts
    said = [time_words(tweet, request)]
    if tweet.is_withdrawn:
        said.append(texts.get("tweet_doc.withdrawn"))
    elif not tweet.text and tweet.has_id:
        said.append(str(tweet.id))
    if tweet.half_width_ms:
        said.append(texts.get("tweet_lane.within", length=wording.duration(tweet.half_width_ms, texts)))
    if tweet.lang:
        said.append(tweet.lang)
    if tweet.retweets:
        said.append(texts.count("tweet_lane.retweets", tweet.retweets))
    return " · ".join(said)


def time_words(tweet: Tweet, request: LaneRequest) -> str:
    """The clock time on the axis, as fine as the window asks for, with its day where there are several in view."""
    span, local = request.scale.window.span, zones.to_local(tweet.at_ms, request.zone)
    fine = Precision.MS if span.length <= FINE_MS else Precision.SECOND
    clock = wording.clock_text(local, fine)
    return clock if span.length < DAY else f"{dates.day_words(local, request.texts, False, False)} {clock}"

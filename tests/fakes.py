"""Small hand-made data for tests of any floor: a dataset of five events, its session, jobs that wait to be let go.

All of it is invented, and says so; no person, organisation or post of the real dataset is in it.
"""

from __future__ import annotations

import threading

import numpy as np

from timeline_app.base.problems import Problem
from timeline_app.domain.calendar import DAY, HOUR, MINUTE, days_from_civil
from timeline_app.domain.records import Claim, Event, Question, Quote, Source, Words
from timeline_app.domain.time import Precision, Span, When
from timeline_app.engine.dataset import Dataset, LaneSpec, Meta
from timeline_app.engine.series import Category, Series
from timeline_app.viewmodel import walk
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import Setting

ZONE = "America/Chicago"
MIDNIGHT = days_from_civil(2020, 5, 30) * DAY + 5 * HOUR  # of 30 May 2020 in Chicago


def words(english: str, korean: str = "") -> Words:
    """A text in English with a Korean translation."""
    return Words(english, (("ko", korean),) if korean else ())


def moment(days: float, minutes: int = 1) -> When:
    """A moment so many days after the midnight, known to so many minutes."""
    start = MIDNIGHT + round(days * DAY)
    end = start + minutes * MINUTE
    return When(start, end, start, end, Precision.MINUTE if minutes < 60 else Precision.DAY, zone=ZONE)


def stretch(first: float, last: float) -> When:
    """From one day to another, with half a day of doubt on both sides."""
    one, two, doubt = MIDNIGHT + round(first * DAY), MIDNIGHT + round(last * DAY), DAY // 2
    return When(one, one + doubt, two - doubt, two, Precision.DAY, zone=ZONE)


EVENTS = (
    Event("e-asks", words("An app asks for video", "앱이 영상을 요청하다"), moment(1.03), "request",
          subject="app-1", state="open", hashtags=("example",), source_ids=("s-paper",)),
    Event("e-down", words("The app is announced down", "앱 중단을 알리다"), moment(1.77), "portal",
          subject="app-1", state="down", source_ids=("s-paper", "s-study")),
    Event("e-café", words("A café closes its <b>page</b>", "카페가 창구를 닫다"), moment(2.0, 1440), "portal"),
    Event("e-flood", words("A flood is reported", "급증이 보도되다"), stretch(3, 5), "flood", hashtags=("example",)),
    Event("e-statement", words("A group makes a statement", "한 그룹이 입장을 밝히다"), moment(5.01), "statement"),
)


def _claims() -> tuple[Claim, ...]:
    answers = (("PT2H", "two hours later", "s-paper"), ("PT5H", "within five hours", "s-study"))
    return tuple(
        Claim(f"c-{number}", "e-down", "how_long", Words(text), answer, source_id=source, line=number + 2)
        for number, (answer, text, source) in enumerate(answers))


def _daily() -> Series:
    start = np.arange(8, dtype=np.int64) * DAY + days_from_civil(2020, 5, 29) * DAY
    values = np.array([[4], [9], [2], [7], [71_741], [30], [18], [3]], dtype=np.int64)
    return Series("daily", Words("#example a day"), Words("#example"), words("tweets a day", "하루 트윗"),
                  Words("a study"), "tweets", "1d", "not stated", start, values)


def _ten_minutes() -> Series:
    start = np.arange(144, dtype=np.int64) * 10 * MINUTE + MIDNIGHT + 4 * DAY
    values = np.stack([np.arange(144) % 7, (np.arange(144) * 5) % 90], axis=1).astype(np.int64)
    parts = (Category("original", Words("original use"), "original"),
             Category("hijacked", Words("coded as hijacked use"), "hijacked"))
    return Series("coded", Words("#example by use"), Words("#example"), words("per 10 minutes", "10분마다"),
                  Words("a coder"), "posts", "10min", "UTC", start, values, parts)


LANES = (
    LaneSpec("portals", "portals", "documented", words("Requests and portals", "요청과 제보 창구"),
             event_ids=("e-asks", "e-down", "e-café")),
    LaneSpec("floods", "events", "documented", words("Reported floods", "보도된 급증"), event_ids=("e-flood",)),
    LaneSpec("statements", "events", "documented", words("Statements", "입장"), event_ids=("e-statement",)),
    LaneSpec("coded", "counts", "counted", Words("#example by use"), series_id="coded"),
    LaneSpec("daily", "counts", "counted", Words("#example"), series_id="daily"),
)
PROBLEMS = (
    Problem("error", "missing_source", "claims.csv", 4, 7, "source_id", (("claim", "c-9"),)),
    Problem("warning", "unknown_column", "events.csv", 1, 12, "colour", (("column", "colour"),)),
)


def tiny_meta(**changes: object) -> Meta:
    """The manifest of the tiny dataset."""
    opening = Span(MIDNIGHT, MIDNIGHT + 6 * DAY + 12 * HOUR)
    fields = {"id": "tiny", "name": "tiny", "title": words("Tiny example", "작은 예"), "zone": ZONE,
              "languages": ("en", "ko"), "opening": opening, "lanes": LANES, "overview_series": "daily"}
    return Meta(**(fields | changes))


def tiny_dataset(**changes: object) -> Dataset:
    """Five events, two claims, a quotation, two sources and two series; fields can be replaced."""
    sources = {"s-paper": Source("s-paper", "article-newspaper", "A report", container="The Example"),
               "s-study": Source("s-study", "article-journal", "A study", ("A. Scholar",))}
    question = Question("e-down", "how_long", words("How long after the request?", "요청 뒤 얼마나?"))
    quote = Quote("q-1", "e-down", "The app will be down temporarily.", "en", "Example office", source_id="s-paper")
    fields = {"meta": tiny_meta(), "events": EVENTS, "questions": (question,), "claims": _claims(),
              "quotes": (quote,), "sources": sources, "series": (_ten_minutes(), _daily())}
    return Dataset(**(fields | changes))


def tiny_session(dataset: Dataset | None = None, **setting: object) -> Session:
    """A session on the tiny dataset at its opening view."""
    chosen = dataset or tiny_dataset()
    return Session(chosen, walk.opening(chosen, Setting(**setting)))


class Gate:
    """A job that waits until it is let go, so that a test decides the order of things without sleeping."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self._open = threading.Event()

    def job(self, answer: object) -> object:
        """Say that it runs, wait for `let_go`, answer."""
        self.entered.set()
        self._open.wait(30)
        return answer

    def let_go(self) -> None:
        """Let the job end."""
        self._open.set()

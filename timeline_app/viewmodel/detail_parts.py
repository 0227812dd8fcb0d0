"""The parts of the document that the detail pane shows. All are finished texts in one language; nothing is
computed or drawn here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chip:
    """A word at the top. `is_disputed` asks for the half-filled mark."""

    text: str
    is_disputed: bool = False


@dataclass(frozen=True, slots=True)
class QuoteBlock:
    """A quotation in its own language; `credit` is speaker, position and date, `number` its source's (0 for
    none)."""

    text: str
    language: str
    credit: str
    number: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says in full: who, its wording by the dataset, its own words, and how it was read."""

    source: str
    number: int
    text: str
    excerpt: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer: how many sources give it ("" where none is documented), who they are with a short remark,
    and what is to be marked ("denied", "not documented")."""

    count: str
    text: str
    sources: str
    mark: str = ""
    is_documented: bool = True
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class ComputedRow:
    """What we compute from documents: the result, that it is computed, whose documents, and how."""

    text: str
    note: str
    sources: str
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class QuestionBlock:
    """One question with its computed and its given answers."""

    name: str
    label: str
    is_disputed: bool = False
    computed: tuple[ComputedRow, ...] = ()
    answers: tuple[AnswerRow, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One numbered source: `address` is shown as text and never opened by the app."""

    number: int
    id: str
    name: str
    date: str
    citation: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """What comes of holding a stated time against a post. Status "fits" or "check"."""

    status: str
    text: str


@dataclass(frozen=True, slots=True)
class PostBlock:
    """A post that a document prints: what it is, when, how that is known, and what it says about stated
    times."""

    role: str
    time: str
    arithmetic: str = ""
    basis: str = ""
    mark: str = ""
    checks: tuple[CheckLine, ...] = ()
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Member:
    """One event of a cluster, to be opened."""

    event_id: str
    title: str
    when: str


@dataclass(frozen=True, slots=True)
class DetailDoc:
    """Everything the pane says about one event or cluster. `when` is the heading's time, `when_note` its precision and
    ground, `zone_notes` what is to be said about zones; `previous` and `next` are event ids in time order or
    ""."""

    event_id: str
    title: str
    when: str
    when_note: str = ""
    zone_notes: tuple[str, ...] = ()
    place: str = ""
    summary: str = ""
    notice: str = ""
    chips: tuple[Chip, ...] = ()
    quotes: tuple[QuoteBlock, ...] = ()
    questions: tuple[QuestionBlock, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    posts: tuple[PostBlock, ...] = ()
    previous: str = ""
    next: str = ""
    flags: frozenset[str] = frozenset()
    citation: str = ""
    members: tuple[Member, ...] = ()
    members_note: str = ""

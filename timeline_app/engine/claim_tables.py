"""Questions, claims, computed answers, quotations and posts from the rows of their tables. Events are
elsewhere.

A word outside its list, or an id that no table has, is an error of the row: nothing is attributed by default.
"""
from __future__ import annotations

from timeline_app.base.problems import Problem
from timeline_app.domain.records import Claim, Derived, Post, Question, Quote
from timeline_app.domain.snowflake import BadId
from timeline_app.domain.snowflake import instant as post_instant
from timeline_app.engine.event_table import PRECISIONS, Known, flags, source_ids, zone_of
from timeline_app.engine.instants import instant
from timeline_app.engine.tables import Row, Table, taken, with_columns, with_own_ids

ATTITUDES = frozenset({"asserts", "reports", "doubts", "denies"})
EVIDENCE = frozenset({"document", "relayed", "article", "recollection"})
CONFIDENCE = frozenset({"high", "medium", "low"})
_YES_OR_NO = {"": True, "true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def read_questions(table: Table, known: Known, problems: list[Problem]) -> tuple[Question, ...]:
    """The questions; of two with the same name about one event the first."""
    asked: set[tuple[str, str]] = set()

    def question(row: Row, found: list[Problem]) -> Question:
        name, event_id = row.text("question"), _event_id(row, known, found)
        if not name:
            found.append(row.problem("empty_cell", "question"))
        if (event_id, name) in asked:
            found.append(row.problem("question_twice", "question", id=name))
        asked.add((event_id, name))
        exclusive = row.text("exclusive").casefold()
        if exclusive not in _YES_OR_NO:
            found.append(row.problem("unknown_word", "exclusive", word=exclusive, allowed="false, true"))
        return Question(event_id, name, row.words("label", known.languages), row.text("unit"),
                        _YES_OR_NO.get(exclusive, True))

    return taken(with_columns(table, ("event_id", "question"), problems), question, problems)


def read_claims(table: Table, known: Known, problems: list[Problem]) -> tuple[Claim, ...]:
    """What the sources answer."""
    def claim(row: Row, found: list[Problem]) -> Claim:
        zone = zone_of(row, "answer_timezone", found)
        event_id = _event_id(row, known, found)
        return Claim(
            row.text("id"), event_id, _question(row, event_id, known, found),
            row.words("text", known.languages), row.text("answer"), zone or "",
            row.known("source_id", known.sources, "unknown_source", found),
            _needed_word(row, "attitude", ATTITUDES, found),
            row.word("confidence", CONFIDENCE, found),
            _needed_word(row, "evidence", EVIDENCE, found),
            row.text("excerpt"), row.line)

    needed = ("id", "event_id", "question", "text", "source_id", "attitude", "evidence")
    return taken(with_own_ids(with_columns(table, needed, problems), problems), claim, problems)


def read_derived(table: Table, known: Known, problems: list[Problem]) -> tuple[Derived, ...]:
    """The answers that the dataset computes."""
    def derived(row: Row, found: list[Problem]) -> Derived:
        event_id = _event_id(row, known, found)
        return Derived(event_id, _question(row, event_id, known, found), row.text("answer"),
                       row.words("text", known.languages), source_ids(row, "computed_from", known, found))

    return taken(with_columns(table, ("event_id", "question", "answer"), problems), derived, problems)


def read_quotes(table: Table, known: Known, problems: list[Problem]) -> tuple[Quote, ...]:
    """The quotations."""
    def quote(row: Row, found: list[Problem]) -> Quote:
        if not row.text("text"):
            found.append(row.problem("empty_cell", "text"))
        return Quote(
            row.text("id"), _event_id(row, known, found), row.text("text"), row.text("lang"),
            row.text("speaker"), row.text("speaker_position"), row.text("date_edtf"),
            row.known("source_id", known.sources, "unknown_source", found), row.text("locator"),
            _needed_word(row, "evidence", EVIDENCE, found), flags(row, "flags", found))

    needed = ("id", "event_id", "text", "source_id", "evidence")
    return taken(with_own_ids(with_columns(table, needed, problems), problems), quote, problems)


def read_posts(table: Table, known: Known, problems: list[Problem]) -> tuple[Post, ...]:
    """The posts that documents print."""
    def post(row: Row, found: list[Problem]) -> Post:
        at = instant(row.text("utc"))
        if at is None:
            found.append(row.problem("bad_instant", "utc", text=row.text("utc")))
        return Post(
            _event_id(row, known, found), _post_id(row, found), at or 0,
            row.word("shown_precision", PRECISIONS, found) or "day", row.text("role"),
            row.known("source_id", known.sources, "unknown_source", found), row.text("basis"),
            row.word("evidence", EVIDENCE, found), flags(row, "content_flags", found))

    return taken(with_columns(table, ("event_id", "utc"), problems), post, problems)


def _event_id(row: Row, known: Known, found: list[Problem]) -> str:
    if not row.text("event_id"):
        found.append(row.problem("empty_cell", "event_id"))
    return row.known("event_id", known.events, "unknown_event", found)


def _question(row: Row, event_id: str, known: Known, found: list[Problem]) -> str:
    name = row.text("question")
    if event_id in known.events and (event_id, name) not in known.questions:
        found.append(row.problem("unknown_question", "question", id=name))
    return name


def _needed_word(row: Row, column: str, allowed: frozenset[str], found: list[Problem]) -> str:
    if not row.text(column):
        found.append(row.problem("empty_cell", column))
    return row.word(column, allowed, found)


def _post_id(row: Row, found: list[Problem]) -> int | None:
    text = row.text("post")
    if not text:
        return None
    number = text.removeprefix("id:")
    if number == text:
        found.append(row.problem("bare_number" if text.isdigit() else "bad_post", "post"))
        return None
    try:
        post_instant(number)
    except BadId:
        found.append(row.problem("bad_post", "post"))
        return None
    return int(number)

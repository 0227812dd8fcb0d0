"""What a dataset says that it should not: rules over rows that can be read. What cannot be read is found on
reading.

Each rule is one function from a `Reading` to problems; none changes what is shown. Private people are in
`privacy`.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from timeline_app.base.bundle import open_bundle, read_part
from timeline_app.base.problems import Problem
from timeline_app.base.safe_io import MEGABYTE, read_regular
from timeline_app.domain import edtf, snowflake
from timeline_app.domain.answers import parse_answer
from timeline_app.domain.time import BadDate
from timeline_app.engine import importers
from timeline_app.engine.dataset import Dataset, locate
from timeline_app.engine.instants import instant
from timeline_app.engine.judging import judged
from timeline_app.engine.privacy import account_problems, number_problems, repeated_members
from timeline_app.engine.reading import Building, Reading
from timeline_app.engine.story_check import story_problems
from timeline_app.engine.tables import FINDING_LIMIT, Row
from timeline_app.engine.tweets.look_alikes import lookalikes

FILE_LIMIT = 64 * MEGABYTE
POST_TOLERANCE_MS = 1_000
TWEETS = "tweets/"  # collections are researched, and not published with the dataset
_SEVERITY = {"error": 0, "warning": 1}


def check(path: str | Path, building: Building | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong with the dataset at a path: on reading, by the rules, and in all its bytes, those of
    its collections too."""
    dataset, problems = examine(path, building)
    return (*problems, *islice(look_alike_tags(dataset), FINDING_LIMIT), *damaged_collections(dataset))


def look_alike_tags(dataset: Dataset) -> Iterator[Problem]:
    """Tags that look like another and are counted apart: who counts one of them has a part of what a reader sees."""
    for one in dataset.collections:
        for tag, other in lookalikes(one.store.manifest.tags).items():
            yield Problem("warning", "look_alike_tag", one.title.text, args=(
                ("tag", tag), ("other", other), ("codes", " ".join(f"U+{ord(c):04X}" for c in tag if not c.isascii()))))


def damaged_collections(dataset: Dataset) -> Iterator[Problem]:
    """The files of collections that are not as they were written. Every byte of them is read."""
    for one in dataset.collections:
        for name in one.store.verify():
            yield Problem("error", "collection_damaged", f"{TWEETS}{one.id}/{one.store.folder.name}/{name}")


def examine(path: str | Path, building: Building | None = None) -> tuple[Dataset, tuple[Problem, ...]]:
    """The dataset at a path, and everything that is wrong with it, by file and line."""
    place = locate(path)
    reading = importers.read(place, building)
    problems = [*reading.dataset.problems, *content_problems(reading)]
    problems += islice(story_problems(reading.dataset), FINDING_LIMIT)
    files = _files(place, problems) if reading.tables else {}  # tweets alone: researched, not written here
    problems += islice(account_problems(files, reading.accounts), FINDING_LIMIT)
    problems += islice(repeated_members(files), FINDING_LIMIT)
    found = sorted(dict.fromkeys(problems), key=lambda one: (one.file, one.line, _SEVERITY[one.severity]))
    return reading.dataset, tuple(found)


def content_problems(reading: Reading) -> tuple[Problem, ...]:
    """What the rules find in the rows, at most a thousand findings a rule."""
    return tuple(problem for rule in RULES for problem in islice(rule(reading), FINDING_LIMIT))


def _files(place: Path, problems: list[Problem]) -> dict[str, bytes]:
    if place.is_file() and place.suffix.lower() != ".zip":
        return {place.name: read_regular(place, FILE_LIMIT, follow=True)}
    with open_bundle(place) as bundle:
        names = (name for name in bundle.names() if not name.startswith(TWEETS))
        read = {name: read_part(bundle, name, problems, FILE_LIMIT) for name in names}
    return {name: data for name, data in read.items() if data is not None}


def rows(reading: Reading, table: str) -> tuple[Row, ...]:
    """All rows of a table."""
    found = reading.tables.get(table)
    return found.rows if found else ()


def judged_titles(reading: Reading) -> Iterator[Problem]:
    """A title says who did what; a word that judges is somebody's claim. Hashtags are quoted as they are."""
    for row in rows(reading, "events"):
        for column in row.places:
            if column == "title" or column.startswith("title."):
                word = judged(row.text(column))
                if word:
                    yield row.problem("judged_word", column, word=word)


def unsourced_claims(reading: Reading) -> Iterator[Problem]:
    """A claim is a source's; a recollection is what no source says."""
    for row in rows(reading, "claims"):
        recalled, sourced = row.text("evidence") == "recollection", bool(row.text("source_id"))
        if not recalled and not sourced:
            yield row.problem("claim_without_source", "source_id")
        if recalled and sourced:
            yield row.problem("recollection_with_source", "source_id")


def incomplete_quotes(reading: Reading) -> Iterator[Problem]:
    """A quotation says who said it, when and where."""
    for row in rows(reading, "quotes"):
        for column in ("speaker", "date_edtf", "source_id"):
            if not row.text(column):
                yield row.problem("incomplete_quote", column)
        try:
            edtf.parse(row.text("date_edtf") or "2020")
        except BadDate as error:
            yield row.problem(error.code, "date_edtf", **{"text": row.text("date_edtf"), **error.args_})


def unsourced_posts(reading: Reading) -> Iterator[Problem]:
    """A post is known from a document."""
    for row in rows(reading, "posts"):
        if not row.text("source_id") and row.text("evidence") != "recollection":
            yield row.problem("post_without_source", "source_id")


def post_times(reading: Reading) -> Iterator[Problem]:
    """The time of a post is the time its number carries."""
    for row in rows(reading, "posts"):
        at, number = instant(row.text("utc")), row.text("post").removeprefix("id:")
        try:
            decoded = snowflake.instant(number)
        except snowflake.BadId:
            continue
        if at is not None and abs(decoded - at) > POST_TOLERANCE_MS:
            yield row.problem("post_time", "utc", text=row.text("utc"))


def unreadable_answers(reading: Reading) -> Iterator[Problem]:
    """An answer has the form its question's unit asks for, and its keys have words."""
    dataset = reading.dataset
    units = {(question.event_id, question.name): question.unit for question in dataset.questions}
    for name in ("claims", "derived"):
        for row in rows(reading, name):
            event = dataset.event_by_id.get(row.text("event_id"))
            unit = units.get((row.text("event_id"), row.text("question")))
            if unit is None:
                continue
            zone = row.text("answer_timezone") or (event.when.zone if event else None)
            answer = parse_answer(row.text("answer"), unit, zone)
            if answer.kind == "unread":
                yield row.problem("unreadable_answer", "answer", text=answer.text, unit=unit)
            for key in answer.keys:
                if ("vocabulary", key) not in dataset.meta.names:
                    yield row.problem("key_without_words", "answer", severity="warning", word=key)


def unanswered_questions(reading: Reading) -> Iterator[Problem]:
    """A question has an answer, given by a source or computed."""
    asked = {(row.text("event_id"), row.text("question")) for name in ("claims", "derived")
             for row in rows(reading, name)}
    for row in rows(reading, "questions"):
        if (row.text("event_id"), row.text("question")) not in asked:
            yield row.problem("unanswered_question", "question", severity="warning", id=row.text("question"))


def unused_sources(reading: Reading) -> Iterator[Problem]:
    """A source that is listed is used."""
    used = {one for series in reading.dataset.series for one in series.source_ids}
    used |= {point.source_id for series in reading.dataset.series for point in series.points}
    for table in reading.tables:
        for row in rows(reading, table):
            used |= {row.text("source_id"), *row.items("source_ids"), *row.items("computed_from")}
    for one in reading.dataset.sources:
        if one not in used:
            yield Problem("warning", "unused_source", "sources.json", args=(("id", one[:200]),))


def unsourced_events(reading: Reading) -> Iterator[Problem]:
    """An event names at least one source, unless what is known of it is recollection."""
    spoken = Counter(row.text("event_id") for name in ("claims", "quotes") for row in rows(reading, name))
    for row in rows(reading, "events"):
        if not row.items("source_ids") and not spoken[row.text("id")]:
            yield row.problem("event_without_source", "source_ids", severity="warning")


def states_of_subjects(reading: Reading) -> Iterator[Problem]:
    """A state is the state of something."""
    for row in rows(reading, "events"):
        if row.text("state") and not row.text("subject"):
            yield row.problem("state_without_subject", "subject")


def missing_translations(reading: Reading) -> Iterator[Problem]:
    """A dataset in two languages says in both what is drawn: titles, labels, questions and claims."""
    for name, columns in (("events", ("title", "label", "note", "summary")), ("questions", ("label",)),
                          ("claims", ("text",)), ("derived", ("text",))):
        for row in rows(reading, name):
            for column in columns:
                for language in reading.dataset.meta.languages[1:]:
                    if row.text(column) and not row.text(f"{column}.{language}"):
                        yield row.problem("no_translation", f"{column}.{language}", severity="warning",
                                          language=language)


def unexplained_masks(reading: Reading) -> Iterator[Problem]:
    """A tag is hidden for a reason that can be read."""
    for tag, reason in reading.dataset.meta.masked_tags.items():
        if not reason.text:
            yield Problem("error", "mask_without_reason", "datapackage.json", args=(("tag", tag[:200]),))


def long_numbers(reading: Reading) -> Iterator[Problem]:
    """Numbers of posts stand behind `id:` in their own column and nowhere else."""
    yield from number_problems(reading.tables)


RULES: tuple[Callable[[Reading], Iterator[Problem]], ...] = (
    judged_titles, unsourced_claims, incomplete_quotes, unsourced_posts, post_times, unreadable_answers,
    unanswered_questions, unused_sources, unsourced_events, states_of_subjects, missing_translations,
    unexplained_masks, long_numbers)

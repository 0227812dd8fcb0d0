"""What the sources say, question by question: equal answers together, and which questions are disputed.

Dispute is computed, never typed (`disputes`). Two affirmed answers exclude each other only if they share
nothing, or if the question is exclusive and they name different keys; who denies or doubts an answer disputes
those who affirm it. What we compute from documents counts as a voice against a claim, for it is those
documents that speak: a claim of two hours stands against two documented clock times that are 17 hours apart.
Recollection is no voice: it can be left out of an export, and leaving it out must not end a dispute.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from timeline_app.domain.answers import Answer, parse_answer
from timeline_app.domain.records import Claim, Derived, Question, Quote

AFFIRMING = frozenset({"asserts", "reports"})
RECOLLECTION = "recollection"
COMPUTED = "computed"
# Nothing sorts who was first: a rank or a time would answer the question in the place of the sources.
UNRANKED = frozenset({"who_first"})
# More different answers to one question than this are not compared pair by pair: a broken file must not stall
# us.
MOST_COMPARED = 300


@dataclass(frozen=True, slots=True)
class Testimony:
    """One voice on one question. `claim` is None where the answer is computed from `source_ids`."""

    answer: Answer
    attitude: str
    evidence: str
    source_ids: tuple[str, ...]
    claim: Claim | None = None

    @property
    def affirms(self) -> bool:
        """Whether the source stands behind its answer, as its own or as a report."""
        return self.attitude in AFFIRMING

    @property
    def stance(self) -> str:
        """The word "affirms", or the attitude of a source that does not."""
        return "affirms" if self.affirms else self.attitude

    @property
    def is_documented(self) -> bool:
        """Whether anybody found a document."""
        return self.evidence != RECOLLECTION


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Everybody who gives one answer with one stance, in the order of the table."""

    answer: Answer
    stance: str
    voices: tuple[Testimony, ...]

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The sources behind it, each once; recollection has none."""
        return tuple(
            dict.fromkeys(s for voice in self.voices if voice.is_documented for s in voice.source_ids)
        )

    @property
    def count(self) -> int:
        """How many sources give this answer."""
        return len(self.source_ids)

    @property
    def is_documented(self) -> bool:
        """Whether at least one of the voices is documented."""
        return any(voice.is_documented for voice in self.voices)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A question of an event whose answers exclude each other, with every voice that has a rival."""

    event_id: str
    question: str
    rivals: tuple[Testimony, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How well an event is known: its best evidence, and the names of its disputed questions.

    `evidence`: "documented" when a document or a copy of one was read, "asserted" when only one article (or
    nobody in particular) says so, "recollection" when no document was found.
    """

    evidence: str
    disputed: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """The one word that matters most."""
        return "disputed" if self.disputed else self.evidence


def testimony(claim: Claim, question: Question, zone: str | None) -> Testimony:
    """A claim with its answer read, in its own time zone or in the event's."""
    answer = parse_answer(claim.answer, question.unit, claim.answer_timezone or zone)
    sources = (claim.source_id,) if claim.source_id else ()
    return Testimony(answer, claim.attitude, claim.evidence, sources, claim)


def computed(derived: Derived, question: Question, zone: str | None) -> Testimony:
    """What we compute ourselves, as a voice of the sources it is computed from."""
    return Testimony(
        parse_answer(derived.answer, question.unit, zone), "asserts", COMPUTED, derived.computed_from
    )


def group_answers(question: Question, claims: Iterable[Claim], zone: str | None) -> tuple[AnswerGroup, ...]:
    """The answers to one question, equal ones together: most sources first, then as the table has them,
    answers that cannot be compared last. Who was first stays in the order of the table."""
    groups: dict[tuple, list[Testimony]] = {}
    for place, claim in enumerate(claims):
        voice = testimony(claim, question, zone)
        same = voice.answer.identity if voice.answer.is_comparable else ("alone", place)
        groups.setdefault((same, voice.stance), []).append(voice)
    made = [AnswerGroup(voices[0].answer, voices[0].stance, tuple(voices)) for voices in groups.values()]
    if question.name not in UNRANKED:
        made.sort(key=lambda group: (not group.answer.is_comparable, -group.count))
    return tuple(made)


def are_rivals(one: Testimony, other: Testimony, question: Question) -> bool:
    """Whether both cannot be right, or one denies or doubts what the other affirms."""
    if one.affirms and other.affirms:
        return one.answer.excludes(other.answer, question.exclusive)
    if one.affirms:
        return one.answer.lies_in(other.answer)
    return other.affirms and other.answer.lies_in(one.answer)


def dispute(
    question: Question, claims: Iterable[Claim], derived: Iterable[Derived], zone: str | None
) -> Dispute | None:
    """The dispute about one question, None where its sources can all be right."""
    voices = [testimony(claim, question, zone) for claim in claims]
    voices += [computed(line, question, zone) for line in derived]
    distinct: dict[tuple, list[Testimony]] = {}
    for voice in voices:
        if voice.is_documented and voice.answer.is_comparable:
            distinct.setdefault((voice.answer.identity, voice.stance, voice.evidence == COMPUTED), []).append(
                voice
            )
    compared = list(distinct.values())[:MOST_COMPARED]
    rivals = [same for same in compared if any(_oppose(same[0], other[0], question) for other in compared)]
    found = tuple(voice for same in rivals for voice in same)
    return Dispute(question.event_id, question.name, found) if found else None


def _oppose(one: Testimony, other: Testimony, question: Question) -> bool:
    both_computed = one.evidence == other.evidence == COMPUTED
    return not both_computed and are_rivals(one, other, question)


def disputes(
    questions: Iterable[Question],
    claims: Iterable[Claim],
    zones: Mapping[str, str | None],
    derived: Iterable[Derived] = (),
) -> tuple[Dispute, ...]:
    """Every disputed question, in the order of the questions. `zones` gives each event's time zone by its
    id."""
    said: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        said.setdefault((claim.event_id, claim.question), []).append(claim)
    reckoned: dict[tuple[str, str], list[Derived]] = {}
    for line in derived:
        reckoned.setdefault((line.event_id, line.question), []).append(line)
    found = (
        dispute(
            question,
            said.get((question.event_id, question.name), ()),
            reckoned.get((question.event_id, question.name), ()),
            zones.get(question.event_id),
        )
        for question in questions
    )
    return tuple(one for one in found if one is not None)


def is_disputed(event_id: str, found: Iterable[Dispute]) -> bool:
    """Whether any question of an event is among the disputes."""
    return any(one.event_id == event_id for one in found)


def standing(
    claims: Iterable[Claim],
    quotes: Iterable[Quote],
    derived: Iterable[Derived] = (),
    disputed: Iterable[Dispute] = (),
) -> Standing:
    """How well an event is known, from its own rows. A line we compute stands on documents; an event without
    any row is asserted: the table says it, and nobody else."""
    evidence = {row.evidence for rows in (claims, quotes) for row in rows}
    evidence |= {"document" for line in derived if line.computed_from}
    names = tuple(one.question for one in disputed)
    if evidence & {"document", "relayed"}:
        return Standing("documented", names)
    return Standing("recollection" if evidence == {RECOLLECTION} else "asserted", names)

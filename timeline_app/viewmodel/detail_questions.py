"""What the sources say, question by question, as rows of finished text; who is right is not decided here."""

from __future__ import annotations

from timeline_app.domain import claims
from timeline_app.domain.claims import AnswerGroup, Testimony
from timeline_app.domain.records import Derived, Question
from timeline_app.viewmodel.answer_words import answer_text
from timeline_app.viewmodel.detail_case import Case
from timeline_app.viewmodel.detail_parts import AnswerRow, ComputedRow, QuestionBlock, Statement

LONGEST_REMARK = 80


def question_blocks(case: Case) -> tuple[QuestionBlock, ...]:
    """Every question of the event that has an answer, in the order of the table."""
    disputed = {one.question for one in case.disputes}
    blocks = (_block(question, case, question.name in disputed) for question in case.questions)
    return tuple(block for block in blocks if block.computed or block.answers)


def _block(question: Question, case: Case, is_disputed: bool) -> QuestionBlock:
    said = [claim for claim in case.rows("claims") if claim.question == question.name]
    groups = claims.group_answers(question, said, case.event.when.zone)
    computed = [
        _computed(line, question, case) for line in case.rows("derived") if line.question == question.name
    ]
    label = question.label.say(case.language)
    return QuestionBlock(
        question.name, label, is_disputed, tuple(computed), tuple(_row(group, case) for group in groups)
    )


def _computed(line: Derived, question: Question, case: Case) -> ComputedRow:
    voice = claims.computed(line, question, case.event.when.zone)
    note = case.texts.count("detail.computed_from", len(line.computed_from))
    return ComputedRow(
        answer_text(voice.answer, case.manner),
        note,
        case.names(line.computed_from),
        line.text.say(case.language),
    )


def _row(group: AnswerGroup, case: Case) -> AnswerRow:
    statements = tuple(_statement(voice, case) for voice in group.voices)
    text, remark = _words(group, case)
    mark = "" if group.stance == "affirms" else case.term("stance", group.stance)
    sources = "; ".join(part for part in (case.names(group.source_ids), remark) if part)
    if not group.is_documented:
        mark = case.texts.get("detail.not_documented")
    elif not all(voice.is_documented for voice in group.voices):
        sources = "; ".join((sources, case.texts.get("detail.also_recalled")))
    count = str(group.count) if group.count else ""
    return AnswerRow(count, text, sources, mark, group.is_documented, statements)


def _words(group: AnswerGroup, case: Case) -> tuple[str, str]:
    """The answer and the remark that its only source adds; an answer that cannot be compared is told in
    full."""
    claim = group.voices[0].claim
    told = claim.text.say(case.language) if claim else ""
    first, _, remark = told.partition(case.texts.get("detail.remark_after"))
    remark = remark.strip().rstrip(".")
    if len(group.voices) > 1 or len(remark) > LONGEST_REMARK:
        remark = ""
    if group.answer.is_comparable:
        return answer_text(group.answer, case.manner), remark
    return (first.strip().rstrip("."), remark) if remark else (told.strip().rstrip("."), "")


def _statement(voice: Testimony, case: Case) -> Statement:
    claim = voice.claim
    source = claim.source_id
    evidence = "" if claim.evidence == "document" else case.term("evidence", claim.evidence)
    attitude = "" if claim.attitude == "asserts" else case.term("attitude", claim.attitude)
    mark = case.texts.get("detail.list_separator").join(part for part in (attitude, evidence) if part)
    name = case.name(source) if source else ""
    return Statement(name, case.numbers.get(source, 0), claim.text.say(case.language), claim.excerpt, mark)

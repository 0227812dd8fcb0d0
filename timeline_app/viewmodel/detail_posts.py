"""Posts that documents print, and what their own time says about the times that sources state. No links, no
texts."""

from __future__ import annotations

from timeline_app.domain import claims, date_check
from timeline_app.domain.claims import AnswerGroup
from timeline_app.domain.date_check import DateCheck
from timeline_app.domain.records import Post
from timeline_app.domain.time import Precision
from timeline_app.viewmodel import answer_words, wording
from timeline_app.viewmodel.detail_case import Case
from timeline_app.viewmodel.detail_parts import CheckLine, PostBlock

# Posts that are the event themselves: only their time can be held against the times stated for it.
ANNOUNCING = frozenset({"request", "outage_notice", "statement"})
OWN_TIME = "when"


def post_blocks(case: Case) -> tuple[PostBlock, ...]:
    """The posts of the event in time."""
    posts = sorted(case.rows("posts"), key=lambda post: post.utc_ms)
    stated = stated_times(case)
    return tuple(_block(post, stated, case) for post in posts)


def stated_times(case: Case) -> tuple[AnswerGroup, ...]:
    """The documented answers to when the event itself was."""
    groups: list[AnswerGroup] = []
    for question in case.questions:
        if question.name == OWN_TIME:
            said = [claim for claim in case.rows("claims") if claim.question == OWN_TIME]
            groups += claims.group_answers(question, said, case.event.when.zone)
    return tuple(g for g in groups if g.answer.when is not None and g.stance == "affirms" and g.is_documented)


def _block(post: Post, stated: tuple[AnswerGroup, ...], case: Case) -> PostBlock:
    own = date_check.check(case.event.when, post)
    time = _time(own, case)
    arithmetic = ""
    if own.is_decoded:
        arithmetic = case.texts.get("detail.post.decoded", steps=" ".join(own.arithmetic), time=time)
    mark = case.texts.get("detail.not_documented") if post.evidence == claims.RECOLLECTION else ""
    checks = tuple(_check(group, post, case) for group in stated) if post.role in ANNOUNCING else ()
    return PostBlock(
        case.term("role", post.role), time, arithmetic, post.basis, mark, checks, post.content_flags
    )


def _time(found: DateCheck, case: Case) -> str:
    zone = found.zone if found.precision >= Precision.PART_OF_DAY else case.axis_zone
    return wording.moment(found.shown.start, found.precision, zone, case.texts)


def _check(group: AnswerGroup, post: Post, case: Case) -> CheckLine:
    found = date_check.check(group.answer.when, post)
    said = {
        "stated": answer_words.answer_text(group.answer, case.manner),
        "sources": case.names(group.source_ids),
    }
    if not found.apart_ms:
        return CheckLine(found.status, case.texts.get("detail.check.fits", **said))
    key = "detail.check.before" if found.apart_ms < 0 else "detail.check.after"
    length = wording.duration(abs(found.apart_ms), case.texts)
    return CheckLine(found.status, case.texts.get(key, length=length, **said))

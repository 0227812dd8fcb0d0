"""What the detail pane says about a selected event: a document of finished texts, in one language and for one
zone.

Masking of hateful hashtags and what a kiosk leaves out are applied to the document by whoever shows it.
"""

from __future__ import annotations

from timeline_app.base.text import Texts
from timeline_app.domain import cite, claims
from timeline_app.domain.calendar import MINUTE
from timeline_app.domain.records import Quote
from timeline_app.domain.time import Basis, Precision, When
from timeline_app.engine.dataset import Dataset
from timeline_app.viewmodel import cluster_doc, clusters, tweet_doc, tweet_pick, walk, wording
from timeline_app.viewmodel.detail_case import Case
from timeline_app.viewmodel.detail_parts import Chip, DetailDoc, QuoteBlock, SourceLine
from timeline_app.viewmodel.detail_posts import post_blocks, stated_times
from timeline_app.viewmodel.detail_questions import question_blocks
from timeline_app.viewmodel.state import LaneChoice


def describe(
    event_id: str, dataset: Dataset, language: str, axis_zone: str, choice: LaneChoice | None = None
) -> DetailDoc | None:
    """The document of an event, a tweet, or a cluster of the lanes of `choice`; None where the dataset has none of that
    id."""
    if clusters.Name.read(event_id) is not None:
        return cluster_doc.describe_cluster(event_id, dataset, choice or LaneChoice(), (language, axis_zone))
    if tweet_pick.is_tweet(event_id):
        return tweet_doc.describe_tweet(event_id, dataset, language, axis_zone)
    event = dataset.event_by_id.get(event_id)
    return _of_event(Case(event, dataset, language, axis_zone)) if event is not None else None


def _of_event(case: Case) -> DetailDoc:
    event, language, dataset = case.event, case.language, case.dataset
    said = wording.when_text(event.when, case.axis_zone, case.texts)
    sources = source_lines(case)
    title = event.title.say(language)
    order = walk.in_order(dataset)
    place = order.index(event.id)
    return DetailDoc(
        event.id,
        title,
        said.main,
        _when_note(said, case),
        tuple(n for n in (said.zone_note,) if n),
        event.place.name.say(language),
        event.summary.say(language),
        _notice(case),
        chips(case),
        tuple(_quote(quote, case) for quote in case.rows("quotes")),
        question_blocks(case),
        sources,
        post_blocks(case),
        order[place - 1] if place else "",
        order[place + 1] if place + 1 < len(order) else "",
        event.content_flags,
        cite.cite_event(
            title, said.main, dataset.meta.title.say(language), [s.citation for s in sources], case.texts
        ),
    )


def source_lines(case: Case) -> tuple[SourceLine, ...]:
    """The numbered sources of an event, with their citations."""
    lines = []
    for source_id, number in case.numbers.items():
        source = case.dataset.sources.get(source_id)
        if source is None:
            lines.append(SourceLine(number, source_id, source_id, "", source_id))
            continue
        issued = wording.edtf_words(source.issued, case.texts) if source.issued else ""
        lines.append(
            SourceLine(
                number,
                source_id,
                case.name(source_id),
                issued,
                cite.citation(source, case.texts, issued),
                cite.address(source),
            )
        )
    return tuple(lines)


def chips(case: Case) -> tuple[Chip, ...]:
    """The kind of an event, its standing and, where there is one, its dispute."""
    found = claims.standing(case.rows("claims"), case.rows("quotes"), case.rows("derived"), case.disputes)
    said = [Chip(case.term("kind", case.event.kind)), Chip(case.term("standing", found.evidence))]
    if found.disputed:
        said.append(Chip(_disputed(found.disputed, case), is_disputed=True))
    return tuple(said)


def _disputed(names: tuple[str, ...], case: Case) -> str:
    """The chip "disputed: how long, cause"; questions of the dataset's own are counted, their labels are too
    long here."""
    known = [short_question(name, case.texts) for name in names]
    said = list(dict.fromkeys(name for name in known if name))
    if not said:
        return case.texts.count("detail.disputed_questions", len(names))
    if "" in known:
        said.append(case.texts.count("detail.more_questions", known.count("")))
    return case.texts.get("detail.disputed", questions=case.texts.get("detail.list_separator").join(said))


def short_question(name: str, texts: Texts) -> str:
    """The short name of a question, or of its first word ("amount_at_24h"); "" where the catalogue has
    none."""
    keys = (f"detail.question.{name}", f"detail.question.{name.partition('_')[0]}")
    return next((texts.get(key) for key in keys if texts.has(key)), "")


def _when_note(said: wording.WhenText, case: Case) -> str:
    parts = [said.precision_note, _ground(case)]
    return case.texts.get("detail.list_separator").join(part for part in parts if part)


def _ground(case: Case) -> str:
    """What the time stands on: a post's number, our inference, or so many documents that state just this
    time."""
    when = case.event.when
    if when.basis is not Basis.DOCUMENT:
        return case.term("basis", when.basis.value)
    agreeing = {
        s for group in stated_times(case) if _within(group.answer.when, when) for s in group.source_ids
    }
    return case.texts.count("detail.from_documents", len(agreeing)) if agreeing else ""


def _within(stated: When, own: When) -> bool:
    slack = MINUTE if own.precision <= Precision.MINUTE else 0
    return own.earliest_start - slack <= stated.earliest_start and stated.latest_end <= own.latest_end + slack


def _notice(case: Case) -> str:
    awaits = case.language in case.dataset.meta.awaiting_readers
    return case.texts.get("detail.awaiting_readers") if awaits else ""


def _quote(quote: Quote, case: Case) -> QuoteBlock:
    position = quote.speaker_position and case.term("position", quote.speaker_position)
    said = [
        quote.speaker,
        position,
        wording.edtf_words(quote.date_edtf, case.texts) if quote.date_edtf else "",
    ]
    credit = case.texts.get("detail.list_separator").join(part for part in said if part)
    mark = case.texts.get("detail.not_documented") if quote.evidence == claims.RECOLLECTION else ""
    return QuoteBlock(quote.text, quote.language, credit, case.numbers.get(quote.source_id, 0), mark)

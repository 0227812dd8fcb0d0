"""What the card of a moment says, and how we know it, in plain words: for who has twenty seconds and stands.

Everything comes from the document that the detail pane shows; nothing is translated, weighed or added here. A quotation
stands in its own language, and where the dataset has it in two, both stand at the same size.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from timeline_app.base.plain_text import one_line
from timeline_app.base.text import Texts, catalogue
from timeline_app.domain import claims
from timeline_app.domain.records import Words
from timeline_app.engine.dataset import Dataset
from timeline_app.viewmodel import detail
from timeline_app.viewmodel.detail_case import Case
from timeline_app.viewmodel.detail_parts import AnswerRow, DetailDoc, QuestionBlock, QuoteBlock
from timeline_app.viewmodel.kiosk.plan import Moment
from timeline_app.viewmodel.state import Setting

WARNED = ("hateful_tag", "violence")
MOST_QUOTES, MOST_ANSWERS, MOST_QUESTIONS, MOST_SOURCES = 3, 8, 12, 40
LONGEST, SHORT = 600, 200
# A part of a text: it begins or ends in an ellipsis, or has one in brackets.
_ELLIPSIS = r"(?:…|\.\.\.)"
_PART = re.compile(rf"^[^\w…]*{_ELLIPSIS}|\[{_ELLIPSIS}\]|{_ELLIPSIS}[^\w…]*$")


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a text: its words, its kind ("title", "when", "lead", "quote", "credit", "head", "answer", "note",
    "source", "warning") and its language where that is not the reader's."""

    text: str
    kind: str
    language: str = ""


@lru_cache(maxsize=64)
def card(moment: Moment, dataset: Dataset, setting: Setting) -> tuple[Block, ...]:
    """What happened, when, and in whose words."""
    texts, doc = catalogue(setting.language), _doc(moment, dataset, setting)
    found = [Block(moment.label, "title")]
    if doc is not None:
        found.append(Block(_when(doc, texts), "when"))
    found.append(Block(moment.sentence or (doc.summary if doc is not None else ""), "lead"))
    quotes = doc.quotes if doc is not None else ()
    shown = _whole_pairs(quotes)
    for quote in shown:
        found += _quote(quote, texts)
    if len(quotes) > len(shown):
        found.append(Block(texts.count("kiosk_card.more_quotes", len(quotes) - len(shown)), "note"))
    found.append(Block(moment.footnote, "note"))
    if doc is not None:
        found.append(Block(doc.notice, "note"))
    return _clean(found)


@lru_cache(maxsize=64)
def know(moment: Moment, dataset: Dataset, setting: Setting) -> tuple[Block, ...]:
    """How it is known: how many sources and how they were read, which questions they disagree on, how exactly the time
    is known, each question with what each source answers, and the sources: none stands before another because it is
    truer."""
    texts, doc = catalogue(setting.language), _doc(moment, dataset, setting)
    if doc is None:
        return _clean([_documented(len(moment.source_ids), texts),
                       *_named(moment.source_ids, dataset)])
    is_told = _is_only_told(moment.event_id, dataset, setting)
    found = [_documented(len(doc.sources), texts, is_told), *(() if is_told else _read_as(moment, dataset, texts)),
             _disputed(doc.questions, texts)]
    found.append(Block(texts.get("kiosk_card.when", when=_when(doc, texts)), "answer"))
    if doc.when_note:
        found.append(Block(texts.get("kiosk_card.exactly", how=doc.when_note), "answer"))
    labels: set[str] = set()
    for question in doc.questions[:MOST_QUESTIONS]:
        found += _question(question, texts, question.label in labels)
        labels.add(question.label)
    found.append(_more(len(doc.questions) - MOST_QUESTIONS, texts))
    if doc.sources:
        found.append(Block(texts.get("kiosk_card.list"), "head"))
    found += [Block(f"{one.number}. {one.citation}", "source") for one in doc.sources[:MOST_SOURCES]]
    found.append(_more(len(doc.sources) - MOST_SOURCES, texts))
    return _clean(found)


@lru_cache(maxsize=64)
def warning(moment: Moment, dataset: Dataset, setting: Setting) -> tuple[Block, ...]:
    """What is to be read before the card, () where nothing is."""
    flags = [one for one in WARNED if one in moment.flags]
    if not flags:
        return ()
    texts = catalogue(setting.language)
    found = [Block(moment.label, "title"), Block(texts.get("kiosk_card.warning"), "warning")]
    for flag in flags:
        said = dataset.meta.names.get(("content_policy", flag), Words()).say(setting.language)
        found.append(Block(said or texts.get(f"kiosk_card.warning.{flag}"), "lead"))
    return _clean([*found, Block(texts.get("kiosk_card.choice"), "lead")])


def _documented(sources: int, texts: Texts, is_only_told: bool = False) -> Block:
    key = "kiosk_card.told" if is_only_told else "kiosk_card.sources"
    return Block(texts.count(key, sources) if sources else texts.get("kiosk_card.no_source"), "lead")


def _is_only_told(event_id: str, dataset: Dataset, setting: Setting) -> bool:
    """Whether all that is said of an event is told by articles. Of an event without a row nobody looked."""
    event = dataset.event_by_id.get(event_id)
    if event is None:
        return False
    case = Case(event, dataset, setting.language, setting.zone or dataset.meta.zone)
    said, quotes, derived = case.rows("claims"), case.rows("quotes"), case.rows("derived")
    return bool(said or quotes) and claims.standing(said, quotes, derived).evidence == "asserted"


def _read_as(moment: Moment, dataset: Dataset, texts: Texts) -> list[Block]:
    """How many of the sources were read as a copy or translation, and how many stand alone with what they say. What
    was read in one place as a document counts as one."""
    rows = [row for table in ("claims", "quotes") for row in dataset.of_event(table, moment.event_id)]
    best: dict[str, str] = {}
    for kind in ("article", "relayed", "document"):
        best |= {row.source_id: kind for row in rows if row.evidence == kind and row.source_id}
    counts = [(kind, list(best.values()).count(kind)) for kind in ("relayed", "article")]
    return [Block(texts.count(f"kiosk_card.{kind}", number), "lead") for kind, number in counts if number]


def _disputed(questions: tuple[QuestionBlock, ...], texts: Texts) -> Block:
    """On how many questions the sources disagree, and which, by their short names."""
    found = [one for one in questions if one.is_disputed]
    names = dict.fromkeys(detail.short_question(one.name, texts) or one.label.rstrip("?？ ") for one in found)
    which = _short(texts.get("detail.list_separator").join(names))
    return Block(texts.count("kiosk_card.disputed", len(found), which=which) if found else "", "lead")


def _doc(moment: Moment, dataset: Dataset, setting: Setting) -> DetailDoc | None:
    zone = setting.zone or dataset.meta.zone
    return detail.describe(moment.event_id, dataset, setting.language, zone) if moment.event_id else None


def _when(doc: DetailDoc, texts: Texts) -> str:
    return texts.get("kiosk_card.place", when=doc.when, place=doc.place) if doc.place else doc.when


def _whole_pairs(quotes: tuple[QuoteBlock, ...]) -> tuple[QuoteBlock, ...]:
    """As many quotations as there is room for, and one more where that would part the two languages of a text: the same
    source gives both, one after the other."""
    last, after = quotes[MOST_QUOTES - 1:MOST_QUOTES], quotes[MOST_QUOTES:MOST_QUOTES + 1]
    is_pair = last and after and last[0].number == after[0].number and last[0].language != after[0].language
    return quotes[:MOST_QUOTES + 1] if is_pair else quotes[:MOST_QUOTES]


def _quote(quote: QuoteBlock, texts: Texts) -> list[Block]:
    """The words, and who said them; that they are a part, where an ellipsis says so."""
    said = one_line(quote.text, LONGEST)
    credit = texts.get("kiosk_card.part", credit=quote.credit) if _PART.search(said) else quote.credit
    return [Block(said, "quote", quote.language), Block(credit, "credit")]


def _question(question: QuestionBlock, texts: Texts, is_again: bool) -> list[Block]:
    """A question with its answers. Two that read the same, because a hashtag in them is hidden, are told apart."""
    label = texts.get("kiosk_card.another", question=question.label) if is_again else question.label
    found = [Block(label, "head")]
    if question.is_disputed:
        found.append(Block(texts.get(_differ(question)), "note"))
    found += [_answer(one, texts) for one in question.answers[:MOST_ANSWERS]]
    found.append(_more(len(question.answers) - MOST_ANSWERS, texts))
    for one in question.computed[:MOST_ANSWERS]:
        said = texts.get("kiosk_card.computed", answer=_short(one.text), sources=_short(one.sources))
        found += [Block(said, "answer"), Block(one.explanation, "note")]
    found.append(_more(len(question.computed) - MOST_ANSWERS, texts))
    return found


def _differ(question: QuestionBlock) -> str:
    """Who doubts an answer does not say that another one is right."""
    is_doubted = any(one.mark and one.is_documented for one in question.answers)
    return "kiosk_card.differ" if is_doubted else "kiosk_card.differ.cannot"


def _answer(row: AnswerRow, texts: Texts) -> Block:
    """An answer, how many give it, and who."""
    if not row.count:
        mark = _short(row.mark) or texts.get("kiosk_card.unnamed")
        said = texts.get("kiosk_card.answer.unsourced", answer=_short(row.text), mark=mark)
    else:
        said = texts.count("kiosk_card.answer", int(row.count), answer=_short(row.text), names=_short(row.sources))
        if row.mark:
            said = texts.get("kiosk_card.marked", said=said, mark=_short(row.mark))
    return Block(said, "answer")


def _more(number: int, texts: Texts) -> Block:
    return Block(texts.count("kiosk_card.more", number) if number > 0 else "", "note")


def _named(source_ids: tuple[str, ...], dataset: Dataset) -> list[Block]:
    found = [dataset.sources[one] for one in source_ids if one in dataset.sources]
    return [Block(" ".join(part for part in (f"{number}.", one.name, one.url) if part), "source")
            for number, one in enumerate(found[:MOST_SOURCES], 1)]


def _short(text: str) -> str:
    return one_line(text, SHORT)


def _clean(blocks: list[Block]) -> tuple[Block, ...]:
    """The blocks that say something, as text of strangers may be shown."""
    cleaned = (Block(one_line(one.text, LONGEST), one.kind, one.language) for one in blocks)
    return tuple(one for one in cleaned if one.text)

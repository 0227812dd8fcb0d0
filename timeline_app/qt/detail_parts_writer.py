"""How each part of a detail document is set: sizes, spaces, badges and links. The words are already final."""

from __future__ import annotations

from timeline_app.base.text import Texts
from timeline_app.qt import detail_page, safe_text
from timeline_app.qt.detail_writer import (
    ANSWER,
    INDENT,
    LABEL,
    MEMBER,
    MOST_CHARACTERS,
    MUTED,
    QUOTE,
    SMALL,
    SMALL_LINK,
    STRONG,
    TEXT,
    TITLE,
    WHEN,
    Writer,
)
from timeline_app.viewmodel.detail_parts import (
    AnswerRow,
    ComputedRow,
    DetailDoc,
    PostBlock,
    QuestionBlock,
    QuoteBlock,
    SourceLine,
    Statement,
)
from timeline_app.viewmodel.notebook import is_note

FIRST_QUOTES = 2
MOST_POSTS = 12
PIECE = 900  # letters that are fewer than any cut of a text on its way to a widget
COMPUTED = "="
UNCOUNTED = "–"
SEPARATOR = " · "


def write_empty(writer: Writer, about: str, texts: Texts) -> None:
    """Nothing is selected: how to select, and what this dataset is."""
    writer.paragraph(above=8)
    writer.run(texts.get("detail.empty.title"), TITLE)
    writer.paragraph(above=10, line=1.4)
    writer.run(texts.get("detail.empty.how"), MUTED)
    if about:
        writer.rule()
        writer.paragraph(above=8, line=1.4)
        writer.run(about, TEXT)


def write(writer: Writer, doc: DetailDoc, opened: frozenset[str], texts: Texts) -> None:
    """The whole document; `opened` are the numbers of questions whose sources' own words are shown."""
    _head(writer, doc)
    _members(writer, doc)
    _quotes(writer, doc.quotes[:FIRST_QUOTES])
    if doc.questions:
        writer.rule()
        writer.paragraph(above=3)
        writer.run(texts.get("detail.what_sources_say"), MUTED)
    for number, question in enumerate(doc.questions):
        if not writer.is_full:
            _question(writer, question, (str(number), str(number) in opened), texts)
    if doc.quotes[FIRST_QUOTES:]:
        _heading(writer, texts.get("detail.quotations"))
        _quotes(writer, doc.quotes[FIRST_QUOTES:])
    if doc.posts:
        _posts(writer, doc.posts, texts)
    if doc.sources:
        _sources(writer, doc.sources, texts)


def _members(writer: Writer, doc: DetailDoc) -> None:
    """The events of a cluster, each to be opened."""
    if doc.members:
        writer.rule()
    for number, one in enumerate(doc.members):
        if not writer.is_full:
            writer.paragraph(above=7, line=1.3)
            writer.run(one.title, MEMBER, f"member:{number}", limit=200)
            writer.paragraph()
            writer.run(one.when, SMALL)
    if doc.members_note:
        writer.paragraph(above=10, line=1.3)
        writer.run(doc.members_note, MUTED)


def _head(writer: Writer, doc: DetailDoc) -> None:
    writer.chips((chip.text, chip.is_disputed) for chip in doc.chips)
    writer.paragraph(above=8, line=1.12)
    writer.run(doc.title, TITLE, limit=400)
    writer.paragraph(above=9)
    writer.run(doc.when, WHEN)
    if doc.when_note:
        writer.run(SEPARATOR + doc.when_note, MUTED)
    for line in (*doc.zone_notes, doc.place):
        if line:
            writer.paragraph(above=3)
            writer.run(line, SMALL)
    if doc.summary:
        writer.paragraph(above=10, line=1.35)
        _whole(writer, doc.summary) if is_note(doc.event_id) else writer.run(doc.summary, TEXT)
    if doc.notice:
        writer.paragraph(above=6)
        writer.run(doc.notice, SMALL)


def _whole(writer: Writer, text: str) -> None:
    """A long text to its end, in pieces that the page takes uncut."""
    cut = safe_text.few_marks(text[:MOST_CHARACTERS])
    for start in range(0, len(cut), PIECE):
        writer.run(cut[start:start + PIECE], TEXT)


def _quotes(writer: Writer, quotes: tuple[QuoteBlock, ...]) -> None:
    for quote in quotes:
        if not writer.is_full:
            # The space before a quotation is a paragraph of its own, so that the rule beside it stays short.
            writer.paragraph(line=0.6)
            writer.paragraph(left=17, line=1.35)
            writer.marked(detail_page.QUOTE, lambda quote=quote: _quote(writer, quote))


def _quote(writer: Writer, quote: QuoteBlock) -> None:
    writer.run(f"“{quote.text}”", QUOTE)
    writer.paragraph(above=4, left=17)
    writer.run(quote.credit, SMALL)
    _reference(writer, quote.number)
    if quote.mark:
        writer.run(SEPARATOR + quote.mark, SMALL)


def _reference(writer: Writer, number: int) -> None:
    """The number of a source, leading to it."""
    if number:
        writer.run(" ", SMALL)
        writer.run(f"[{number}]", SMALL_LINK, f"to:source-{number}")


def _heading(writer: Writer, words: str) -> None:
    writer.rule()
    writer.paragraph(above=3)
    writer.run(words, MUTED)


def _question(writer: Writer, question: QuestionBlock, fold: tuple[str, bool], texts: Texts) -> None:
    """One question; `fold` is its number and whether the sources' own words are shown."""
    number, is_open = fold
    writer.paragraph(above=12)
    writer.run(question.label, LABEL, limit=400)
    if any(row.statements for row in question.answers) or any(row.explanation for row in question.computed):
        writer.run("   ", SMALL)
        words = texts.get("detail.hide_words" if is_open else "detail.show_words")
        writer.run(words.replace(" ", "\N{NO-BREAK SPACE}"), SMALL_LINK, f"open:{number}")
    for row in question.computed:
        _computed(writer, row, is_open)
    for row in question.answers:
        if not writer.is_full:
            _answer(writer, row, is_open)


def _computed(writer: Writer, row: ComputedRow, is_open: bool) -> None:
    writer.hanging(COMPUTED, above=6)
    writer.run(row.text, STRONG)
    writer.run(f" {row.note} ", ANSWER)
    writer.run(row.sources, MUTED)
    if is_open and row.explanation:
        writer.paragraph(above=3, left=INDENT)
        writer.run(row.explanation, SMALL)


def _answer(writer: Writer, row: AnswerRow, is_open: bool) -> None:
    writer.hanging(row.count or UNCOUNTED, above=6, hollow=not row.is_documented)
    if row.mark and row.is_documented:
        writer.run(f"{row.mark}: ", STRONG)
    writer.run(row.text, ANSWER)
    if row.mark and not row.is_documented:
        writer.run(SEPARATOR + row.mark, MUTED)
    if row.sources:
        writer.run("  " + row.sources, MUTED)
    if is_open:
        for statement in row.statements:
            _statement(writer, statement)


def _statement(writer: Writer, statement: Statement) -> None:
    writer.paragraph(above=4, left=INDENT)
    if statement.source:
        writer.run(statement.source, SMALL)
        _reference(writer, statement.number)
        writer.run(" ", SMALL)
    writer.run(statement.text, SMALL)
    if statement.excerpt:
        writer.run(f" “{statement.excerpt}”", SMALL)
    if statement.mark:
        writer.run(SEPARATOR + statement.mark, SMALL)


def _posts(writer: Writer, posts: tuple[PostBlock, ...], texts: Texts) -> None:
    _heading(writer, texts.get("detail.posts"))
    writer.place("posts")
    writer.paragraph(above=4, line=1.35)
    writer.run(texts.get("detail.posts.method"), SMALL)
    for post in posts[:MOST_POSTS]:
        _post(writer, post)
    if len(posts) > MOST_POSTS:
        writer.paragraph(above=6)
        writer.run(texts.count("detail.posts.more", len(posts) - MOST_POSTS), SMALL)


def _post(writer: Writer, post: PostBlock) -> None:
    writer.paragraph(above=9)
    writer.run(post.role, LABEL)
    writer.run(f"  {post.time}", MUTED)
    if post.mark:
        writer.run(SEPARATOR + post.mark, MUTED)
    for line in (post.arithmetic, *(check.text for check in post.checks), post.basis):
        if line:
            writer.paragraph(above=3)
            writer.run(line, SMALL)


def _sources(writer: Writer, sources: tuple[SourceLine, ...], texts: Texts) -> None:
    _heading(writer, texts.get("detail.sources"))
    writer.place("sources")
    for source in sources:
        if writer.is_full:
            break
        writer.hanging(str(source.number), above=7)
        writer.place(f"source-{source.number}")
        writer.run(source.name, LABEL, limit=200)
        writer.run(f"  {source.citation}", SMALL)
        if source.address:
            writer.run("  ", SMALL)
            writer.run(texts.get("detail.copy_address"), SMALL_LINK, f"copy:{source.number}")

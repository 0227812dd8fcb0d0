"""A story as one page that needs nothing else: a picture for each step, its words for who does not see it, sources.

Where a step lets people guess, what it says after the reveal is sealed: neither text nor picture of it can be read,
found or printed before a key opens it. Pictures come from outside, drawn by the widget that the audience's screen has.
"""
from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass

from timeline_app.base.text import Texts, catalogue
from timeline_app.viewmodel.page_parts import Dress, element, line, listed, page
from timeline_app.viewmodel.stage import StageDoc
from timeline_app.viewmodel.story_book import Book, Leaf, answer_words


@dataclass(frozen=True, slots=True)
class Pictures:
    """One step as SVG, for a wide screen and for a tall one, and what its timeline shows in words."""

    wide: str
    tall: str
    words: str = ""


Drawn = Mapping[tuple[str, bool], Pictures]


def story_page(book: Book, drawn: Drawn, dress: Dress) -> bytes:
    """The page of a book. `drawn` are the pictures by (id of the step, whether it is revealed)."""
    texts = catalogue(book.language)
    steps = "\n".join(_step(one, book, drawn, texts) for one in book.leaves)
    main = f"<main>\n{steps}\n{_last(book, texts)}\n</main>"
    body = f"{element('h1', book.title, 'words')}\n{main}\n{_controls(book, texts)}"
    return page(book.title, book.language, body, dress)


def _step(leaf: Leaf, book: Book, drawn: Drawn, texts: Texts) -> str:
    of, note = len(book.leaves), _note(leaf, book, texts)
    where = texts.get("story_export.step", number=leaf.number, of=of)
    said = texts.get("story_export.step_said", number=leaf.number, of=of, headline=leaf.doc.headline)
    sealed = ""
    if leaf.after is not None:
        opened = _inside(leaf, leaf.after, drawn[leaf.id, True], texts)
        sealed = f"<template>{base64.b64encode(opened.encode()).decode('ascii')}</template>"
    inner = _inside(leaf, leaf.doc, drawn[leaf.id, False], texts)
    return (f'<section class="step" id="step-{line(leaf.id)}" data-step="{leaf.number}" data-where="{line(where)}" '
            f'data-said="{line(said)}" data-note="{line(note)}">{inner}{sealed}</section>')


def _note(leaf: Leaf, book: Book, texts: Texts) -> str:
    """What somebody may want to be warned of: on this step, and on the next one before it is there."""
    following = book.leaves[leaf.number].warned_of if leaf.number < len(book.leaves) else ""
    said = [("story_export.holds", leaf.warned_of), ("story_export.next_holds", following)]
    return " ".join(texts.get(key, what=what) for key, what in said if what)


def _inside(leaf: Leaf, doc: StageDoc, pictures: Pictures, texts: Texts) -> str:
    """What a step shows, and the same in words."""
    answers = listed(answer_words(one) for one in doc.answers)
    if answers:
        answers = f'<div class="answers">{element("p", texts.get("story_export.answers"))}{answers}</div>'
    cited = texts.get("story_export.cited", numbers=", ".join(map(str, leaf.cited))) if leaf.cited else ""
    words = "".join((element("h2", doc.headline), element("p", doc.sentence), element("p", pictures.words),
                     element("p", doc.question),
                     element("p", doc.prompt), answers, listed(words for _, words in doc.remarks),
                     listed(doc.notices), element("p", doc.footnote), element("p", cited)))
    return (f'<figure aria-hidden="true"><div class="wide">{pictures.wide}</div>'
            f'<div class="tall">{pictures.tall}</div></figure><div class="words">{words}</div>'
            + _notes(leaf, texts))


def _notes(leaf: Leaf, texts: Texts) -> str:
    if not leaf.notes:
        return ""
    return f'<aside class="notes">{element("h3", texts.get("story_export.notes"))}{element("p", leaf.notes)}</aside>'


def _last(book: Book, texts: Texts) -> str:
    """Title, summary, what the steps rest on, and where all of it comes from."""
    said = texts.get("story_export.sources")
    rows = book.by_step()
    inner = "".join((element("h2", book.title, "title"), element("p", book.summary), element("h3", said),
                     listed(book.sources, kind="ol") or element("p", texts.get("story_export.no_sources")),
                     element("h3", texts.get("story_export.by_step")) if rows else "", listed(rows),
                     *(element("p", one, "muted") for one in book.about)))
    return (f'<section class="last" id="sources" data-where="{line(said)}" data-said="{line(said)}" data-note="">'
            f"{inner}</section>")


def _controls(book: Book, texts: Texts) -> str:
    def button(name: str, key: str) -> str:
        return f'<button type="button" id="{name}">{line(texts.get(key))}</button>'

    return (f'<nav aria-label="{line(texts.get("story_export.controls"))}">'
            f'{button("back", "story_export.back")}<p id="where"></p>{button("next", "story_export.next")}'
            f'{button("reveal", "story_export.reveal")}{element("p", book.title, "name")}<p id="note"></p>'
            f'{button("last", "story_export.sources")}<p id="said" class="words" role="status"></p></nav>')

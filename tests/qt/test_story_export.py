"""A story as PDF, PNG and HTML: the same steps in the same order with the same words, files as a whole."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

import pdf_text
from page_reading import read
from story_fakes import ANSWERS, told
from timeline_app.base.problems import UserError
from timeline_app.qt import story_export
from timeline_app.qt.story_export import Manner, staged, story_files, worksheet_files
from timeline_app.viewmodel.state import Setting
from timeline_app.viewmodel.story_book import book, seen
from timeline_app.viewmodel.worksheet import worksheet

PAPER = Manner()


def write(place: Path, manner: Manner = PAPER, reveals: bool = True, language: str = "en") -> Path:
    dataset = told()
    setting = Setting(language, manner.theme, still=True)
    with staged(seen(dataset.stories[0], dataset, reveals), setting) as drawing:
        story_files(book(dataset.stories[0], dataset, setting, reveals), drawing, place, manner)()
    return place


@pytest.fixture(scope="module")
def written(qapp, tmp_path_factory):
    """Writes the tiny story once for each way to write it, and says where."""

    @cache
    def once(name: str, manner: Manner = PAPER, reveals: bool = True, language: str = "en") -> Path:
        return write(tmp_path_factory.mktemp("story") / name, manner, reveals, language)

    return once


def captions(language: str = "en") -> list[tuple[str, str]]:
    dataset = told()
    return [(one.doc.headline, one.doc.sentence)
            for one in book(dataset.stories[0], dataset, Setting(language, still=True)).leaves]


def flat(text: str) -> str:
    """A text without the breaks of its lines, which are nobody's words."""
    return "".join(text.split())


@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_pdf_html_and_png_tell_the_same_steps_in_the_same_order(written, language):
    printed = pdf_text.pages(written("a.pdf", language=language).read_bytes())
    page = read(written("a.html", language=language).read_bytes())
    steps = [one["id"].removeprefix("step-") for one in page.named("section") if "data-step" in one]
    assert steps == ["asked", "how-long", "counted"]
    heard = page.said("h2").split("\n")
    for number, (headline, sentence) in enumerate(captions(language)):
        assert flat(headline) in flat(printed[number]) and flat(sentence) in flat(printed[number])
        assert heard[number] == headline and sentence in page.said("p")


def test_that_pictures_are_called_by_number_and_step_and_say_what_they_show(written):
    place = written("pngs")
    assert sorted(one.name for one in place.iterdir()) == [
        "01-asked.png", "02-how-long-1.png", "02-how-long-2-answers.png", "03-counted.png"]
    for name, caption in zip(("01-asked", "02-how-long-1", "03-counted"), captions(), strict=True):
        image = QImage(str(place / f"{name}.png"))
        assert (image.text("Title"), image.text("Description")) == caption
        assert image.size().toTuple() == story_export.WIDE


def test_that_a_pdf_has_a_page_a_step_then_the_answers_then_title_and_sources(written):
    data = written("a.pdf").read_bytes()
    pages = pdf_text.pages(data)
    assert len(pages) == 3 + 1 + 1
    assert not [one for one in ANSWERS if flat(one) in flat("".join(pages[:3]))]
    assert "2 hours" in pages[3].replace("\n", " ")
    assert "A tiny story" in pages[4] and "A study" in pages[4]
    assert len(re.findall(rb"/MediaBox \[0 0 1440", data)) == 5
    assert b"/Subtype /Image" not in data and "\N{REPLACEMENT CHARACTER}" not in "".join(pages)


def test_that_spaces_and_clock_times_of_a_pdf_can_be_found(written):
    pages = pdf_text.pages(written("a.pdf").read_bytes())
    assert "An app asks" in pages[0] and "\t" not in "".join(pages)
    assert re.search(r"\d\d:\d\d", pages[0])


def test_that_notes_stand_in_a_pdf_only_when_they_are_asked_for(written):
    assert "Ask the room" not in "".join(pdf_text.pages(written("a.pdf").read_bytes()))
    data = written("b.pdf", Manner(has_notes=True)).read_bytes()
    assert "Ask the room first." in pdf_text.pages(data)[0]
    assert b"/MediaBox [0 0 595" in data
    assert "Ask the room" not in read(written("a.html").read_bytes()).said()


def test_that_a_picture_of_twice_the_scale_has_twice_the_pixels(qapp):
    dataset, setting = told(), Setting(still=True)
    with staged(dataset, setting) as drawing:
        _, data = next(story_export.pngs(book(dataset.stories[0], dataset, setting), drawing, Manner(scale=2)))
    assert QImage.fromData(data).size().toTuple() == (3840, 2160)


@pytest.mark.parametrize("name", ["a.html", "a.pdf"])
def test_that_without_a_reveal_no_bytes_or_text_have_an_answer(written, name):
    data = written(name, reveals=False).read_bytes()
    said = flat("".join(pdf_text.pages(data)) if name == "a.pdf" else read(data).said())
    assert not [one for one in ANSWERS if one.encode() in data or flat(one) in said]
    assert name == "a.html" or len(pdf_text.pages(data)) == 3 + 1


def test_that_a_page_has_the_pictures_of_the_stage_for_wide_and_tall_screens(written):
    page = read(written("a.html").read_bytes())
    boxes = [one["viewbox"] for one in page.named("svg") if "viewbox" in one and "x" not in one]
    assert boxes == ["0 0 1920 1080", "0 0 900 1440"] * 3
    ids = [one["id"] for _, one in page.elements if "id" in one]
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", written("a.html").read_text())) <= set(ids)


def test_that_a_page_reaches_nothing_outside_itself(written):
    data = written("a.html").read_bytes()
    page = read(data)
    assert not [one for _, given in page.elements for name, one in given.items()
                if name.endswith(("href", "src")) and not one.startswith(("data:image/png;base64,", "#"))]
    assert b"Pretendard" not in data and len(data) < 8_000_000


def test_that_a_worksheet_is_pdf_or_html_and_the_same(qapp, tmp_path):
    dataset = told()
    sheet = worksheet(dataset.stories[0], dataset, "ko")
    for name in ("w.pdf", "w.html"):
        worksheet_files(sheet, tmp_path / name)()
    printed = "".join(pdf_text.pages((tmp_path / "w.pdf").read_bytes()))
    page = read((tmp_path / "w.html").read_bytes())
    for line in sheet.words.split("\n"):
        assert flat(line) in flat(printed) and flat(line) in flat(page.said())
    assert not [one for one in (*ANSWERS, "2시간", "5시간") if flat(one) in flat(printed + page.said())]


@pytest.mark.parametrize("name", ["a.pptx", "a.svg", "a.png"])
def test_that_another_ending_is_refused_before_anything_is_drawn(qapp, tmp_path, name):
    with pytest.raises(UserError) as refused:
        write(tmp_path / name)
    assert refused.value.code == "export_format" and list(tmp_path.iterdir()) == []


def test_that_what_cannot_be_written_is_told_and_leaves_nothing(qapp, tmp_path):
    for name in ("no/a.pdf", "no/folder"):
        with pytest.raises(UserError) as refused:
            write(tmp_path / name)
        assert refused.value.code == "cannot_write"
    (tmp_path / "b.html").mkdir()
    with pytest.raises(UserError):
        worksheet_files(worksheet(told().stories[0], told(), "en"), tmp_path / "b.html")()
    assert [one.name for one in tmp_path.iterdir()] == ["b.html"]


def test_that_letters_of_no_text_font_bring_the_font_of_signs(qapp):
    from timeline_app.qt import page_dress

    assert [one.name for one in page_dress.faces("Apps 앱")] == ["Story Text"] * 3
    assert [one.kind for one in page_dress.faces("🎉")] == ["woff"] * 3 + ["woff2"]
    assert story_export.WIDE == (1920, 1080)

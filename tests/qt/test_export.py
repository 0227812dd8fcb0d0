"""A window as PNG, SVG and PDF: real text in place, nothing outside its part, no script, whole files or none."""
from __future__ import annotations

import re
import zlib
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QColor, QImage

from qt.whole import explore
from timeline_app.base.problems import UserError
from timeline_app.domain.time import Span
from timeline_app.qt import export, theme
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import moves

SVG = "{http://www.w3.org/2000/svg}"
DAY = 86_400_000


@pytest.fixture
def window(qtbot) -> Explore:
    made = explore(qtbot)
    made.session.become(moves.select(made.session.state, "e-down"))
    made.tasks.settle()
    return made


def written(window: Explore, place: Path) -> Path:
    window.requests.write_picture(place)
    return place


def parsed(place: Path) -> ElementTree.Element:
    return ElementTree.parse(place).getroot()


def words(element: ElementTree.Element) -> list[str]:
    return ["".join(one.itertext()) for one in element.iter(f"{SVG}text")]


def test_that_a_png_is_the_window_pixel_for_pixel_with_title_and_citation(window, tmp_path):
    window.canvas.show_cursor(None)
    place = written(window, tmp_path / "a.png")
    image = QImage(str(place))
    assert image.size() == window.size()
    assert image.text("Title") == "Tiny example" and "2020-05-30" in image.text("Description")
    window.status.say("")
    assert image.convertToFormat(QImage.Format.Format_RGB32) == export.image(window)


def test_that_a_picture_shows_neither_the_pointer_nor_the_last_message(window, tmp_path):
    written(window, tmp_path / "first.png")
    window.canvas.show_cursor(300)
    written(window, tmp_path / "second.png")
    assert (tmp_path / "first.png").read_bytes() == (tmp_path / "second.png").read_bytes()
    assert window.status.message.text() == "Written: second.png"


def test_that_an_svg_holds_the_names_of_all_lanes_and_the_pane_as_text(window, tmp_path):
    root = parsed(written(window, tmp_path / "a.svg"))
    said = words(root)
    for lane in window.canvas.frame.lanes:
        assert lane.picture.heading.title in said
    assert "The app is announced down" in " ".join(said) and len(said) > 40
    assert root.find(f"{SVG}title").text == "Tiny example"
    assert root.get("viewBox") == f"0 0 {window.width()} {window.height()}"


def test_that_each_part_that_scrolls_is_cut_to_its_place(window, tmp_path):
    root = parsed(written(window, tmp_path / "a.svg"))
    nested = root.findall(f".//{SVG}svg")
    assert {one.get("overflow") for one in nested} == {"hidden"}
    pane, canvas = (next(one for one in nested if one.get("x") == str(part.mapTo(window, part.rect().topLeft()).x()))
                    for part in (window.pane, window.canvas))
    assert [pane.get("width"), pane.get("height")] == [str(window.pane.width()), str(window.pane.height())]
    assert "announced down" in " ".join(words(pane))
    outside = " ".join(text for text in words(root) if text not in words(pane) and text not in words(canvas))
    assert "The app is" not in outside and "#example" in outside


def test_that_a_marked_span_that_reaches_out_of_sight_colours_no_heading(window, tmp_path):
    shown = window.session.state.view.window.span
    window.session.become(moves.mark(window.session.state, Span(shown.start - 9 * DAY, shown.end + 9 * DAY)))
    root = parsed(written(window, tmp_path / "a.svg"))
    tint = theme.palette("paper").interaction.lower()
    for part in root.findall(f".//{SVG}svg"):
        part.clear()
    filled = [one for one in root.iter() if one.get("fill", "").lower() == tint and one.get("fill-opacity") != "1"]
    wide = [one for one in filled for shape in one for number in re.findall(r"-?\d+\.?\d*", shape.get("width", "0"))
            if float(number) > window.width()]
    assert wide == []


def test_that_an_svg_is_vectors_and_holds_no_script_link_or_foreign_matter(window, tmp_path):
    root = parsed(written(window, tmp_path / "a.svg"))
    names = {one.tag.removeprefix(SVG) for one in root.iter()}
    assert names <= {"svg", "g", "defs", "title", "desc", "text", "rect", "path", "polyline", "polygon", "line",
                     "circle", "ellipse", "linearGradient", "stop", "image", "pattern", "mask"}
    area = sum(float(one.get("width", 0)) * float(one.get("height", 0)) for one in root.iter(f"{SVG}image"))
    assert area <= 0.1 * window.width() * window.height()
    for one in root.iter():
        assert not [name for name in one.keys() if name.endswith("href") or name.startswith("on")]  # noqa: SIM118


def test_that_no_id_of_an_svg_stands_twice_and_each_that_is_used_exists(window, tmp_path):
    text = written(window, tmp_path / "a.svg").read_text(encoding="utf-8")
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids)) and ids
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(ids)


def test_that_every_text_of_an_svg_names_a_font_every_viewer_has(window, tmp_path):
    root = parsed(written(window, tmp_path / "a.svg"))
    families = {one.get("font-family") for one in root.iter(f"{SVG}text")}
    assert families == {"Pretendard, Noto Emoji, sans-serif"}


def test_that_a_pdf_is_one_page_of_vectors_with_its_fonts_inside(window, tmp_path):
    data = written(window, tmp_path / "a.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1
    width, height = (float(n) for n in re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data).groups())
    assert (width, height) == pytest.approx((window.width() * 0.75, window.height() * 0.75), abs=1)
    assert len(re.findall(rb"/FontFile\d?\b", data)) >= 2 and b"/ToUnicode" in data
    assert b"/Subtype /Image" not in data.replace(b"/Subtype/Image", b"/Subtype /Image")


def streams(data: bytes) -> list[bytes]:
    found = []
    for raw in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            found.append(zlib.decompress(raw.rstrip(b"\r\n")))
        except zlib.error:
            found.append(raw)
    return found


def test_that_the_text_of_a_pdf_can_be_taken_out(window, tmp_path):
    """Letters are drawn as glyphs, and a table of the file leads from each glyph to its letter."""
    parts = streams(written(window, tmp_path / "a.pdf").read_bytes())
    assert sum(part.count(b"Tj") + part.count(b"TJ") for part in parts) > 100
    letters = {chr(int(code, 16)) for part in parts if b"beginbfrange" in part or b"beginbfchar" in part
               for code in re.findall(rb"<([0-9A-Fa-f]{4})>", part)}
    assert set("Theappisannounceddown") <= letters


def test_that_the_ending_names_the_format_and_another_is_refused(window, tmp_path):
    with pytest.raises(UserError) as refused:
        window.requests.draw(tmp_path / "a.tiff")
    assert refused.value.code == "picture_format"
    window.requests.draw(tmp_path / "A.SVG")
    assert (tmp_path / "A.SVG").read_bytes().startswith(b"<?xml")


def test_that_a_place_that_cannot_be_written_is_told_and_leaves_nothing(window, tmp_path):
    with pytest.raises(UserError) as refused:
        window.requests.draw(tmp_path / "no" / "folder" / "a.png")
    assert refused.value.code == "cannot_write"
    (tmp_path / "b.png").mkdir()
    with pytest.raises(UserError):
        window.requests.draw(tmp_path / "b.png")
    assert [one.name for one in tmp_path.iterdir()] == ["b.png"]


def test_that_an_export_leaves_the_window_as_it_was(window, tmp_path):
    before = export.image(window)
    for name in ("a.png", "a.svg", "a.pdf"):
        window.requests.draw(tmp_path / name)
    assert export.image(window) == before


def test_that_png_and_svg_place_the_same_colours(window, tmp_path):
    """The hairlines of the lanes are at the same height in the drawing as on screen."""
    image, root = QImage(str(written(window, tmp_path / "a.png"))), parsed(written(window, tmp_path / "a.svg"))
    hairline = QColor(theme.palette("paper").hairline).name()
    lane = window.canvas.frame.lanes[1]
    y = round(window.canvas.mapTo(window, window.canvas.rect().topLeft()).y() + 45 + lane.top)
    assert QColor(image.pixel(20, y)).name() == hairline
    boxes = [(float(one.get("y")), float(one.get("height"))) for group in root.iter(f"{SVG}g")
             if group.get("fill", "").lower() == hairline for one in group.iter(f"{SVG}rect")]
    assert (45 + lane.top, 1.0) in boxes or (y, 1.0) in boxes

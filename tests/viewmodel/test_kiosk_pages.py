"""Each screen of the kiosk as a page, in every size, language and text size: what can be pressed is large enough and in
reach, no word is cut, covered or outside."""

from dataclasses import replace
from itertools import combinations

import pytest

from timeline_app.base.text import catalogue
from timeline_app.engine.dataset import open_dataset
from timeline_app.viewmodel.kiosk import screens, visit
from timeline_app.viewmodel.kiosk.page import LEAST_PX, Page, Wanted, button
from timeline_app.viewmodel.kiosk.scene import Scene, Staff
from viewmodel.kiosk_places import SHOWN, SIZES, room, start_in

ASCENT = 0.80  # of the size: how far letters rise above the baseline
WAYS = {
    "attract": (), "home": ("stay",), "card": ("moment:bts-speak",), "warning": ("moment:a-tag-turns-over",),
    "long card": ("moment:who-are-the-fans",), "know": ("moment:down-temporarily", "know"), "closer": ("closer",),
    "play": ("play",), "countdown": ("moment:bts-speak",), "pin": (), "staff": (), "safe": (),
    "safe card": ("moment:police-ask",)}
PLACES = [(way, size, language, percent) for way in WAYS for size in SIZES for language in ("en", "ko")
          for percent in (100, 150, 200)]


def scene_of(way, size=(1920, 1080), language="en", percent=100, dpi=96.0):
    start = start_in(language, percent, way.startswith("safe"))
    there, now = visit.begin(start, 0), 0
    for action in WAYS[way]:
        there = visit.pressed(there, action, start, now)
    if way == "play":
        now = start.plan.play.seconds * 600
        there = visit.ticked(there, start, now)
    elif way == "countdown":
        now = 65_000
    elif way in ("pin", "staff"):
        there = visit.staff_asked(there, 0)
        there = visit.admitted(there, True) if way == "staff" else there
    staff = Staff(marks=("–",), can=("export", "update", "rollback"))
    return Scene(there, start, SHOWN, room(size, percent, dpi), now, staff)


def page_of(*place, **options) -> Page:
    return screens.page(scene_of(*place, **options))


def boxes(page, measure):
    """(box, text) of every line that is seen, those of the page over the page where one is."""
    front = page.front
    lines = [*front.lines, *(line for one in front.targets for line in one.lines)]
    for line in lines:
        role, px, weight = line.style
        yield (line.x, line.y - ASCENT * px, measure(line.text, px, weight), px * 0.98), line.text


def apart(one, two):
    return (one[0] + one[2] <= two[0] + 0.5 or two[0] + two[2] <= one[0] + 0.5
            or one[1] + one[3] <= two[1] + 0.5 or two[1] + two[3] <= one[1] + 0.5)


@pytest.mark.parametrize("dpi", [40.0, 96.0])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("way", WAYS)
def test_that_what_can_be_pressed_is_20_mm_both_ways_and_never_under_24_px(way, size, dpi):
    least = max(24.0, 20 * dpi / 25.4) - 0.5
    for language, percent in (("en", 100), ("ko", 200)):
        page = page_of(way, size, language, percent, dpi)
        small = [(one.action, one.box) for one in page.front.targets if min(one.box[2:]) < least]
        assert small == []
        for target in page.front.targets:
            x, y, wide, high = target.box
            if target.look != "hidden":
                assert page.hit(x + wide / 2, y + high / 2) == target


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("way", [one for one in WAYS if one != "attract"])
def test_that_whatever_is_needed_is_in_the_lower_half(way, size):
    for language, percent in (("en", 100), ("ko", 200)):
        page = page_of(way, size, language, percent)
        needed = [one for one in page.front.targets if not one.action.startswith(("moment:", "digit:"))
                  and one.look != "hidden" and one.action not in ("erase", "staff:enter")]
        high = [one.action for one in needed if one.box[1] + one.box[3] / 2 < size[1] * 0.5]
        assert high == [] or way == "staff"


@pytest.mark.parametrize(("way", "size", "language", "percent"), PLACES)
def test_that_no_word_is_cut_or_outside_the_screen(way, size, language, percent):
    place = room(size, percent)
    page = page_of(way, size, language, percent)
    outside = [(text, box) for box, text in boxes(page, place.measure)
               if box[0] < -0.5 or box[1] < -0.5 or box[0] + box[2] > size[0] + 0.5 or box[1] + box[3] > size[1] + 0.5]
    assert outside == []
    assert [text for _, text in boxes(page, place.measure) if text.endswith("…") and "…" not in page.spoken] == []


@pytest.mark.parametrize(("way", "size", "language", "percent"), PLACES)
def test_that_no_words_lie_upon_each_other(way, size, language, percent):
    place = room(size, percent)
    found = list(boxes(page_of(way, size, language, percent), place.measure))
    assert [(a[1], b[1]) for a, b in combinations(found, 2) if not apart(a[0], b[0])] == []


@pytest.mark.parametrize(("way", "size", "language", "percent"), PLACES)
def test_that_targets_do_not_share_a_place(way, size, language, percent):
    shown = [one for one in page_of(way, size, language, percent).front.targets if one.look != "hidden"]
    assert [(a.action, b.action) for a, b in combinations(shown, 2) if not apart(a.box, b.box)] == []
    actions = [one.action for one in shown]
    assert len(actions) == len(set(actions))


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("way", [one for one in WAYS if one not in ("attract", "countdown", "pin", "staff")])
def test_that_the_languages_are_always_there_in_their_own_names(way, language):
    targets = {one.action: one for one in page_of(way, language=language).targets}
    assert (targets["language:en"].name, targets["language:ko"].name) == ("English", "한국어")
    assert targets[f"language:{language}"].look == "on"


def test_that_each_target_has_a_name_in_words():
    for way in WAYS:
        for language in ("en", "ko"):
            names = [one.name for one in page_of(way, language=language).front.targets]
            assert [one for one in names if not any(letter.isalnum() for letter in one)] == []


def test_that_everything_a_hand_can_do_has_a_button():
    home = {one.action for one in page_of("home").targets}
    assert {"earlier", "later", "zoom_in", "zoom_out", "play", "closer"} <= home
    closer = {one.action for one in page_of("closer").targets}
    assert {"pan_earlier", "pan_later", "zoom_in", "zoom_out", "scrub", "back"} <= closer


def test_that_a_warning_stands_before_what_names_hateful_tags_and_nothing_else_is_told_yet():
    scene = scene_of("warning")
    page = screens.page(scene)
    assert page.target("read_warning") is not None and page.target("know") is None
    assert "Stan Wars" not in " ".join(one.text for one in scene.card)
    there = visit.pressed(scene.visit, "read_warning", scene.start, 0)
    after = screens.page(replace_visit(scene, there))
    assert after.target("know") is not None and after.target("read_warning") is None


@pytest.mark.parametrize(("way", "size", "language", "percent"), [one for one in PLACES if one[0] in (
    "attract", "home", "play", "card")])
def test_that_no_words_lie_over_bars(way, size, language, percent):
    place = room(size, percent)
    for second in (9, 29, 49, 69) if way == "attract" else (0,):
        scene = scene_of(way, size, language, percent)
        page = screens.page(replace_visit(scene, scene.visit, scene.now_ms + second * 1000))
        bars = [(left, one.box[1] + one.box[3] * (1 - sum(row)), one.width, one.box[3] * sum(row))
                for one in page.bars for left, row in zip(one.lefts, one.heights, strict=True) if sum(row)]
        assert [text for box, text in boxes(page, place.measure) if not all(apart(box, bar) for bar in bars)] == []


@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_no_button_breaks_within_a_word(language):
    texts = catalogue(language)
    said = [texts.get(f"kiosk.{name}") for name in ("pin.enter", "pin.erase", "know", "close", "start_over", "contrast",
                                                    "staff.update", "more_time")]
    for text in said:
        for wide in (76.0, 200.0):
            lines = button(Wanted("-", text), (0.0, 0.0, wide, 76.0), room((1280, 720), 200)).lines
            assert " ".join(one.text for one in lines) == text
            assert all(one.style[1] >= LEAST_PX for one in lines)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("percent", [100, 150, 200])
def test_that_a_warning_is_seen_whole_before_it_is_passed(size, language, percent):
    scene = scene_of("warning", size, language, percent)
    page = screens.page(scene)
    shown = " ".join(line.text for line in page.lines)
    while page.target("read_warning") is None:
        scene = replace_visit(scene, visit.pressed(scene.visit, "more", scene.start, 0))
        page = screens.page(scene)
        shown += " ".join(line.text for line in page.lines)
    assert all(word in shown for block in scene.card for word in block.text.split())


def test_that_a_list_says_how_much_of_it_is_seen_and_later_shows_the_rest():
    scene = scene_of("home", (1280, 720), "en", 200)
    said = [line.text for line in screens.page(scene).lines]
    assert catalogue("en").get("kiosk.list", first=1, last=3, n=len(scene.start.plan.moments)) in said
    there = scene.visit
    for one in scene.start.plan.moments:
        there = visit.pressed(there, "later", scene.start, 0)
        assert one.label in " ".join(line.text for line in screens.page(replace_visit(scene, there)).lines)


def test_that_a_card_which_is_turned_begins_again_by_a_button_that_says_so():
    scene = scene_of("long card", (1280, 720), "en", 200)
    there = visit.pressed(scene.visit, "read_warning", scene.start, 0)
    first = screens.page(replace_visit(scene, there)).target("more").lines[0].text
    pages = int(first.rstrip(")").split("/")[1])
    assert first == catalogue("en").get("kiosk.more", n=1, of=pages) and pages > 1
    for _ in range(pages - 1):
        there = visit.pressed(there, "more", scene.start, 0)
    last = screens.page(replace_visit(scene, there)).target("more").lines[0].text
    assert last == catalogue("en").get("kiosk.first_page", n=pages, of=pages)


def replace_visit(scene, there, now_ms=None):
    return Scene(there, scene.start, SHOWN, scene.room, scene.now_ms if now_ms is None else now_ms, scene.staff)


def test_that_home_shows_eight_to_twelve_moments_each_with_its_place():
    assert 8 <= len(start_in().plan.moments) <= 12
    page = page_of("home", dpi=60.0)
    assert page.name == "home"
    shown = {one.action for one in page.targets if one.action.startswith("moment:")}
    assert len(shown) >= 8


def test_that_the_counter_counts_what_the_series_counts_and_says_what_it_is():
    play = start_in().plan.play
    scene = scene_of("play")
    counted = [line.text for line in screens.page(scene).lines]
    at = play.start_ms + (play.end_ms - play.start_ms) * scene.visit.play_ms // (play.seconds * 1000)
    series = SHOWN.series_by_id["whiteoutwednesday-10min-use"]
    over = (series.start >= play.start_ms) & (series.start + play.bin_ms <= at - at % play.bin_ms)
    figure = f"{int(series.totals[over].sum()):,}"
    assert any(figure in text for text in counted)
    assert play.counted in " ".join(counted)
    assert catalogue("en").get("kiosk.no_sound") in counted


def test_that_the_surge_ends_on_its_sentence_and_never_tells_more_than_its_clock():
    scene = scene_of("play")
    play, ended = scene.start.plan.play, visit.ticked(scene.visit, scene.start, 10**6)
    after = screens.page(replace_visit(scene, ended))
    assert play.ending in " ".join(one.text for one in after.lines)
    bars = screens.page(scene).bars[0]
    cursor = 48 + (1920 - 96) * scene.visit.play_ms / (play.seconds * 1000)
    assert max(bars.lefts) <= cursor
    assert len(after.bars[0].lefts) > len(bars.lefts)


def test_that_no_place_of_the_screen_shows_the_same_words_for_half_an_hour():
    scene = scene_of("attract")
    seen = []
    for minute in range(30):
        page = screens.page(replace_visit(scene, scene.visit, minute * 60_000 + 15_000))
        seen.append({(round(line.x), round(line.y), line.text) for line in page.lines})
    assert set.intersection(*seen) == set()


def test_that_home_moves_by_a_few_px_each_minute_and_comes_back():
    scene = scene_of("home")
    places = [screens.page(replace_visit(scene, scene.visit, minute * 60_000)).lines[0].x for minute in range(5)]
    assert 0 < max(places) - min(places) <= 8
    assert len(set(places)) > 2


def test_that_less_motion_shows_everything_at_rest():
    scene = scene_of("attract")
    still = replace(scene.visit, setting=replace(scene.visit.setting, still=True))
    early, late = (screens.page(replace_visit(scene, still, at)).bars for at in (0, 13_000))
    assert early == late
    assert len(screens.page(replace_visit(scene, scene.visit, 2_000)).bars[0].lefts) < len(early[0].lefts)


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("number", [0, 1, 14, 3_000])
def test_that_any_dataset_stands_in_a_kiosk(number, percent, tmp_path):
    file = tmp_path / "events.csv"
    rows = [f'"{"A very long title " * (1 + row % 9)}\u202egnp.exe",2020-{1 + row % 12:02}-{1 + row % 28:02}'
            for row in range(number)]
    file.write_text("title,edtf\n" + "\n".join(rows) + "\n", encoding="utf-8")
    dataset = open_dataset(str(file))
    start = start_in("ko", percent, dataset=dataset, story=None)
    there = visit.touched(visit.begin(start, 0), 0)
    for action in ("stay", "later", "know", "back", "closer", "start_over"):
        there = visit.pressed(there, action, start, 0)
        place = room((1280, 720), percent)
        page = screens.page(Scene(there, start, dataset, place, 0))
        assert [text for box, text in boxes(page, place.measure) if box[0] + box[2] > 1280.5] == []
        shown = [one.box for one in page.targets]
        assert all(apart(a, b) for a, b in combinations(shown, 2))
    assert len(start.plan.moments) == min(number, 12)
    starts = [one.start_ms for one in start.plan.moments]
    assert number < 13 or starts[-1] - starts[0] > 200 * 86_400_000

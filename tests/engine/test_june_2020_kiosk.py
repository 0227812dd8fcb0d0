"""The story of june-2020 for a kiosk: short, in both languages, its figures those of the series, no triumph."""
from __future__ import annotations

import re

import pytest

from timeline_app.domain.calendar import DAY
from timeline_app.engine import build
from timeline_app.engine.audience import for_audience
from timeline_app.engine.dataset import open_dataset
from timeline_app.engine.judging import judged

DATASET = open_dataset("june-2020")
STORY = next(one for one in DATASET.stories if one.kiosk is not None)
KIOSK, SURGE = STORY.kiosk, STORY.kiosk.surge
SERIES = DATASET.series_by_id[SURGE.series]
THIRD = 1_591_160_400_000  # 3 June 2020, 00:00 in Chicago
TEN_MINUTES = 600_000
TOLD = (STORY.title, STORY.summary, *KIOSK.attract, SURGE.label, SURGE.counted, SURGE.ending)
MOMENTS = pytest.mark.parametrize("step", STORY.steps, ids=lambda one: one.id)
CHEERS = re.compile(r"\b(won|win|victory|defeat\w*|triumph\w*|hero\w*|fault|guilty|blame\w*)\b|승리|영웅|잘못|!", re.I)


def syllables(text):
    return len(text.replace(" ", ""))


def played():
    inside = (SERIES.start >= SURGE.start_ms) & (SERIES.start < SURGE.end_ms)
    return SERIES.start[inside], SERIES.values[inside]


# --- Moments ---


def test_that_there_are_as_many_moments_as_home_has_room_for_and_the_killing_is_the_first():
    assert 8 <= len(STORY.steps) <= 12 and STORY.steps[0].sight.selected == "floyd-killed"


@MOMENTS
def test_that_a_headline_is_a_few_words_and_a_sentence_is_short(step):
    headline, korean = step.headline.text, step.headline.say("ko")
    assert 2 <= len(headline.split()) <= 5 and len(headline) <= 24 and syllables(korean) <= 12
    assert all(len(text) <= 120 and "\n" not in text for text in step.sentence.all())


@MOMENTS
def test_that_a_moment_is_an_event_of_the_dataset_with_its_sources(step):
    assert step.sight.selected in DATASET.event_by_id and step.sight.selected in step.events
    known = {source for one in step.events for source in DATASET.event_by_id[one].source_ids}
    known |= {claim.source_id for one in step.events for claim in DATASET.of_event("claims", one)}
    assert set(step.sources) & known


def test_that_what_sources_disagree_about_is_said_so():
    said = {step.sight.selected: f"{step.sentence.text} {step.footnote.text}" for step in STORY.steps}
    assert "disputed" in said["dallas-fan-calls"] and "others say" in said["dallas-iwatch-request"]
    assert "still being determined" in said["dallas-iwatch-restored"] and "25, 26 or 27" in said["match-a-million"]


def test_that_fans_are_no_force_from_outside():
    words = " ".join(f"{step.sentence.text} {step.footnote.text}" for step in STORY.steps[1:3])
    assert {"black-fans-critique", "vf-article"} <= {step.sight.selected for step in STORY.steps[1:3]}
    assert "many fans are Black" in words and "since the beginning" in words and "racism in fandoms" in words


def test_that_by_two_in_chicago_most_posts_of_each_hour_are_coded_as_hijacked():
    """What the moment of 3 June says; the hours before have a majority of original uses, or nearly so."""
    start, values = played()
    hours = {int(at): values[(start >= at) & (start < at + 6 * TEN_MINUTES)].sum(axis=0)
             for at in range(THIRD, THIRD + DAY, 6 * TEN_MINUTES)}
    original, hijacked = zip(*hours.values(), strict=True)
    assert original[0] > hijacked[0] and original[1] > hijacked[1]
    assert all(many > few for few, many in zip(original[2:], hijacked[2:], strict=True))


# --- The attract loop and the first view ---


def test_that_each_sentence_of_the_attract_loop_asks_in_both_languages_and_stands_large():
    assert 3 <= len(KIOSK.attract) <= 4
    for said in KIOSK.attract:
        assert said.text.endswith("?") and said.say("ko").endswith("?")
        assert all(len(line) <= 22 for text in said.all() for line in text.split("\n"))


def test_that_home_shows_the_days_from_30_may_to_9_june_in_chicago():
    assert (KIOSK.start_ms, KIOSK.end_ms) == (THIRD - 4 * DAY, THIRD + 6 * DAY)


# --- The surge ---


def test_that_the_surge_is_the_day_of_3_june_in_chicago():
    assert (SURGE.series, SURGE.seconds) == ("whiteoutwednesday-10min-use", 30)
    assert (SURGE.start_ms, SURGE.end_ms) == (THIRD, THIRD + DAY)
    assert (SURGE.label.text, SURGE.label.say("ko")) == ("3 June", "6월 3일")


def test_that_the_figures_of_the_ending_are_those_of_the_series():
    _, values = played()
    original, hijacked = map(int, values.sum(axis=0))
    total, peak = original + hijacked, int(values.sum(axis=1).max())
    share = round(100 * hijacked / total)
    wanted = [f"{total:,}", f"{hijacked:,}", str(share), str(peak)]
    for text, per_cent in zip(SURGE.ending.all(), (" per cent", "퍼센트"), strict=True):
        figures = re.findall(r"[0-9]+(?:,[0-9]{3})*", text)
        assert [one for one in figures if one != "10"] == wanted and f"{share}{per_cent}" in text  # 10: minutes


def test_that_the_moment_of_3_june_counts_all_of_the_series():
    told = next(one for one in STORY.steps if one.sight.selected == "whitelivesmatter-flood")
    assert all(f"{int(SERIES.values.sum()):,}" in text for text in told.footnote.all())


def test_that_the_surge_says_what_is_counted_by_whom_and_what_is_missing():
    assert all(len(text) <= 200 for text in SURGE.counted.all())
    assert all(len(text) <= 220 for text in SURGE.ending.all())
    for text, missing in zip(SURGE.counted.all(), ("Deleted posts are missing", "지워진 글은 빠져"), strict=True):
        assert missing in text and "2020" in text and "Stan Wars" in text
    assert "Deleted posts are missing" in SURGE.ending.text and "upper estimate" in SURGE.ending.text
    assert "지워진 글이 빠져" in SURGE.ending.say("ko") and "높게 잡힌" in SURGE.ending.say("ko")
    assert "not counted" in SURGE.ending.text and "세지 않았다" in SURGE.ending.say("ko")


# --- All its words ---


@pytest.mark.parametrize("said", TOLD, ids=lambda one: one.text[:20])
def test_that_every_text_has_both_languages_and_neither_cheers_nor_blames_nor_needs_a_masked_tag(said):
    korean = dict(said.others)["ko"]
    assert re.search("[가-힣]", korean)
    for text in said.all():
        assert not CHEERS.search(text)
        assert not judged(re.sub("“[^”]*”", "", text))
        assert not [tag for tag in DATASET.meta.masked_tags if tag.casefold() in text.casefold()]


def test_that_no_moment_cheers_or_blames():
    said = [one for step in STORY.steps for one in (step.headline, step.sentence, step.footnote)]
    assert not [text for one in said for text in one.all() if CHEERS.search(text)]


def test_that_a_kiosk_gets_its_words_as_they_are(tmp_path):
    """Nothing in them is masked: the dataset that a kiosk shows has the same words."""
    seen = next(one for one in for_audience(DATASET, "kiosk").stories if one.id == STORY.id)
    assert seen.kiosk == KIOSK and seen.steps == STORY.steps
    build.build("june-2020", "kiosk", tmp_path / "x.zip", keeps_awaiting=True)
    built = next(one for one in open_dataset(tmp_path / "x.zip").stories if one.id == STORY.id)
    assert built.kiosk == KIOSK and built.steps == STORY.steps

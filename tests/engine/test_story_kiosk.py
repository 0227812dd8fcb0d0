"""What a story has for a kiosk: read back equal, a bad member loses itself alone, its words are masked like all."""
from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes import MIDNIGHT, words
from stories import DATASET, STORY
from timeline_app.base.problems import Problem
from timeline_app.base.text import LANGUAGES, catalogue
from timeline_app.domain.calendar import DAY, HOUR
from timeline_app.domain.records import Words
from timeline_app.domain.stories import Kiosk, Surge
from timeline_app.domain.time import Span
from timeline_app.engine import build, report, story_check, story_file, story_kiosk, story_shelf
from timeline_app.engine.audience import AUDIENCES, for_audience
from timeline_app.engine.dataset import open_dataset
from timeline_app.viewmodel import story_edit

KNOWN = ("en", "ko"), "America/Chicago"
STEP = {"id": "a", "view": {"start": "2020-06-01", "end": "2020-06-02"}}
GOOD = {"series": "coded", "start": "2020-06-03T00:00:00", "end": "2020-06-04T00:00:00", "label": "3 June",
        "counted": "posts", "ending": "It ended.", "seconds": 20}
SURGE = Surge("coded", MIDNIGHT + 4 * DAY, MIDNIGHT + 5 * DAY, words("3 June", "6월 3일"), words("posts", "게시물"),
              words("It ended.", "끝났다."))
ATTRACT = words("One hashtag.\nOne morning.", "해시태그 하나.\n아침 하나.")
KIOSK = Kiosk((ATTRACT,), MIDNIGHT, MIDNIGHT + 10 * DAY, SURGE)

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
WORDS = st.builds(lambda a, b: Words(a, (("ko", b),) if a and b else ()), TEXT, TEXT)
SAID = WORDS.filter(lambda one: one.text.strip())
INSTANT = st.integers(-(2**50), 2**43).filter(bool)
SPANS = st.builds(lambda a, n: (a, a + n), INSTANT, st.integers(1, 10**12))
SURGES = st.builds(lambda name, span, said, seconds: Surge(name, *span, *said, seconds),
                   st.from_regex(r"[a-z0-9-]{1,20}", fullmatch=True), SPANS, st.tuples(WORDS, WORDS, WORDS),
                   st.integers(5, 120))
KIOSKS = st.builds(lambda said, span, surge: Kiosk(tuple(said), *span, surge),
                   st.lists(SAID, max_size=4), SPANS | st.just((0, 0)), st.none() | SURGES)


def file_with(kiosk):
    return json.dumps({"id": "s", "title": "T", "steps": [STEP], "kiosk": kiosk}, indent=1).encode()


def read(data, problems=None):
    return story_file.read_story(data, "stories/s.json", KNOWN, [] if problems is None else problems)


def faults(kiosk, **changes):
    story = replace(STORY, steps=(), kiosk=kiosk, **changes)
    return list(story_check.story_problems(replace(DATASET, stories=(story,))))


@given(KIOSKS)
def test_that_what_is_written_is_read_back_equal(kiosk):
    story = read(file_with(None))
    story, problems = replace(story, kiosk=kiosk), []
    assert read(story_file.written(story, KNOWN[0]), problems) == story and problems == []


def test_that_it_is_written_with_sorted_keys_and_clock_times():
    written = json.loads(story_file.written(replace(STORY, kiosk=KIOSK), KNOWN[0]))["kiosk"]
    assert list(written) == sorted(written) and list(written["surge"]) == sorted(written["surge"])
    assert written["start"] == "2020-05-30T05:00:00Z" and written["surge"]["series"] == "coded"
    assert written["attract"] == [{"en": "One hashtag.\nOne morning.", "ko": "해시태그 하나.\n아침 하나."}]


def test_that_a_story_without_it_is_written_without_it_and_has_the_hash_it_had():
    assert b"kiosk" not in story_file.written(STORY, KNOWN[0]) and read(file_with(None)).kiosk is None
    empty = replace(STORY, kiosk=Kiosk())
    assert story_check.data_hash(empty, DATASET) == story_check.data_hash(STORY, DATASET)


def test_that_clock_times_are_those_of_the_zone_of_the_dataset():
    read_one = read(file_with({"start": "2020-05-30", "end": "2020-06-09", "surge": GOOD})).kiosk
    assert read_one.start_ms == MIDNIGHT and read_one.end_ms == MIDNIGHT + 10 * DAY
    assert (read_one.surge.start_ms, read_one.surge.end_ms) == (SURGE.start_ms, SURGE.end_ms)
    assert read_one.surge.seconds == 20


@pytest.mark.parametrize(("spoiled", "code", "path"), [
    ({"attract": 7}, "wrong_type", "$.kiosk.attract"), ({"attract": [7, "Good."]}, "wrong_type", "$.kiosk.attract[0]"),
    ({"attract": ["Good.", {"en": 3}]}, "wrong_type", "$.kiosk.attract[1]"),
    ({"attract": ["Good.", " \n"]}, "empty_sentence", "$.kiosk.attract[1]"),
    ({"attract": ["Good.", {}]}, "empty_sentence", "$.kiosk.attract[1]"),
    ({"attract": ["Good."] * 51}, "too_many_sentences", "$.kiosk.attract"),
    ({"start": "soon", "end": "2020-06-09"}, "step_span", "$.kiosk"), ({"end": ""}, "step_span", "$.kiosk"),
    ({"start": "2020-06-09", "end": "2020-06-09"}, "step_span", "$.kiosk"),
    ({"start": 9}, "wrong_type", "$.kiosk.start"),
    ({"surge": "3 June"}, "wrong_type", "$.kiosk.surge"), ({"surge": {}}, "missing_member", "$.kiosk.surge"),
    ({"surge": GOOD | {"end": GOOD["start"]}}, "step_span", "$.kiosk.surge"),
    ({"surge": GOOD | {"start": "noon"}}, "step_span", "$.kiosk.surge"),
    ({"surge": GOOD | {"seconds": 4}}, "surge_seconds", "$.kiosk.surge.seconds"),
    ({"surge": GOOD | {"seconds": 121}}, "surge_seconds", "$.kiosk.surge.seconds"),
    ({"surge": GOOD | {"seconds": "long"}}, "wrong_type", "$.kiosk.surge.seconds"),
    ({"surge": GOOD | {"ending": [1]}}, "wrong_type", "$.kiosk.surge.ending")])
def test_that_a_bad_member_is_told_with_its_path_and_the_rest_stands(spoiled, code, path):
    problems: list[Problem] = []
    good = {"attract": ["Good."], "start": "2020-05-30", "end": "2020-06-09", "surge": GOOD}
    story = read(file_with(good | spoiled), problems)
    assert problems[0].code == code and problems[0].field.startswith(path) and problems[0].line > 1
    assert {one.code for one in problems[1:]} <= {code, "step_span"}  # an end whose start could not be read
    assert len(story.steps) == 1
    if "attract" not in spoiled:
        assert [one.text for one in story.kiosk.attract] == ["Good."]
    elif spoiled["attract"] != 7:
        assert {one.text for one in story.kiosk.attract} == {"Good."} and len(story.kiosk.attract) <= 50
    assert (story.kiosk.start_ms, story.kiosk.end_ms) in ((0, 0), (MIDNIGHT, MIDNIGHT + 10 * DAY))
    assert "surge" in spoiled or story.kiosk.surge.seconds == 20
    assert story.kiosk.surge is None or story.kiosk.surge.seconds in (20, 30)


@pytest.mark.parametrize("kiosk", [7, "kiosk", [], [[]], True, {"surge": []}, {"attract": [[["deep"]]]},
                                   {"attract": [{"ko": "말"}], "nobody": "knows"}, {"start": "9" * 10_000},
                                   {"surge": GOOD | {"seconds": 10**30}}, {"surge": GOOD | {"series": 3}},
                                   {"attract": ["a\ud800b", "a\0\u202eb"]}, {"attract": ["long " * 100_000]},
                                   {"start": "-99999999-01-01", "end": "99999999-01-01"}])
def test_that_a_hostile_member_never_raises_and_is_written_as_it_was_read(kiosk):
    story, problems = read(file_with(kiosk)), []
    assert read(story_file.written(story, KNOWN[0]), problems) == story and problems == []


def test_that_every_fault_can_be_said_in_both_languages():
    codes = {"too_many_sentences": {"limit": 50}, "empty_sentence": {}, "surge_seconds": {"seconds": 1},
             "surge_without_series": {"id": "x"}, "surge_not_covered": {"id": "x"},
             "surge_without_words": {"member": "ending"}}
    for language in LANGUAGES:
        for code, args in codes.items():
            named = tuple((name, str(value)) for name, value in args.items())
            fault, texts = Problem("warning", code, "stories/s.json", args=named), catalogue(language)
            for said in (report.message(fault, texts), report.hint(fault, texts)):
                assert said and code not in said and "{" not in said


# --- Its faults ---


def test_that_a_sound_kiosk_has_no_fault():
    assert faults(KIOSK) == []


@pytest.mark.parametrize(("surge", "code"), [
    (replace(SURGE, series="nobody-counts"), "surge_without_series"),
    (replace(SURGE, start_ms=MIDNIGHT - 9 * DAY, end_ms=MIDNIGHT - 8 * DAY), "surge_not_covered"),
    (replace(SURGE, ending=Words()), "surge_without_words"),
    (replace(SURGE, counted=Words(" ")), "surge_without_words"),
    (replace(SURGE, label=Words()), "surge_without_words"),
    (replace(SURGE, ending=words("The fans crashed it.", "끝났다.")), "judged_word"),
    (replace(SURGE, label=words("3 June")), "story_untranslated")])
def test_that_a_fault_of_a_surge_is_told(surge, code):
    found = [one for one in faults(replace(KIOSK, surge=surge)) if one.code != "story_untranslated" or code == one.code]
    assert [one.code for one in found] == [code] and found[0].field == "kiosk"


def test_that_a_surge_stays_within_what_the_series_covers():
    covered = Span(SURGE.start_ms, SURGE.end_ms - HOUR)
    series = tuple(replace(one, covered=covered) if one.id == "coded" else one for one in DATASET.series)
    story = replace(STORY, steps=(), kiosk=KIOSK)
    told = [one.code for one in story_check.story_problems(replace(DATASET, series=series, stories=(story,)))]
    assert told == ["surge_not_covered"]


def test_that_a_series_of_single_points_cannot_be_played():
    series = tuple(replace(one, bin="point") if one.id == "coded" else one for one in DATASET.series)
    story = replace(STORY, steps=(), kiosk=KIOSK)
    told = [one.code for one in story_check.story_problems(replace(DATASET, series=series, stories=(story,)))]
    assert told == ["surge_without_series"]


def test_that_a_judging_word_of_ours_is_told_and_one_in_quotation_marks_is_somebodys():
    def judged(text):
        return [dict(one.args)["word"] for one in faults(replace(KIOSK, attract=(words(text, "문장"),)))]

    assert judged("Who hijacked it?") == ["hijacked"] and judged("Coded as “hijacked”.") == []


def test_that_a_change_of_the_count_that_is_played_is_told():
    told = replace(STORY, steps=(), kiosk=KIOSK)
    told = replace(told, data_hash=story_check.data_hash(told, DATASET))
    assert not story_check.has_changed(told, DATASET)

    def with_other(row):
        coded = DATASET.series_by_id["coded"]
        values = coded.values.copy()
        values[row] += 1
        changed = replace(coded, values=values)
        return replace(DATASET, series=tuple(changed if one.id == "coded" else one for one in DATASET.series))

    assert story_check.has_changed(told, with_other(0)) and story_check.has_changed(told, with_other(-1))
    earlier = replace(KIOSK, surge=replace(SURGE, end_ms=SURGE.start_ms + HOUR))
    narrow = replace(told, kiosk=earlier)
    narrow = replace(narrow, data_hash=story_check.data_hash(narrow, DATASET))
    assert not story_check.has_changed(narrow, with_other(-1))


# --- Whom it is shown to, and who edits it ---


def planted():
    """A kiosk with a masked tag in every one of its texts."""
    said = words("See #Hateful now", "지금 #Hateful 본다")
    return Kiosk((said,), 0, 0, replace(SURGE, label=said, counted=said, ending=said))


@pytest.mark.parametrize("whom", AUDIENCES)
def test_that_its_words_go_through_the_mask_and_its_series_is_a_key(whom):
    meta = replace(DATASET.meta, masked_tags={"Hateful": Words()})
    dataset = replace(DATASET, meta=meta, stories=(replace(STORY, kiosk=planted()),))
    seen = for_audience(dataset, whom).stories[0].kiosk
    assert ("#Hateful" in repr(seen)) == (whom in ("open_talk", "open_kiosk"))
    assert seen.surge.series == "coded" and seen.surge.seconds == SURGE.seconds and len(seen.attract) == 1


def test_that_translations_that_await_readers_leave_it_as_they_leave_the_steps():
    meta = replace(DATASET.meta, awaiting_readers=frozenset({"ko"}))
    dataset = replace(DATASET, meta=meta, stories=(replace(STORY, kiosk=KIOSK),))
    without = for_audience(dataset, "kiosk", False).stories[0].kiosk
    assert not any(one.others for one in (*without.attract, without.surge.label, without.surge.ending))
    assert for_audience(dataset, "kiosk", True).stories[0].kiosk == KIOSK


@pytest.mark.parametrize("whom", build.FOR)
def test_that_a_build_holds_it_masked(package, tmp_path, whom):
    package.timeline["masked_tags"] = [{"tag": "Hateful", "reason": {"en": "r", "ko": "r"}, "signed_by": "x",
                                        "signed_on": "2026-01-01"}]
    folder = package.write()
    (folder / "stories").mkdir()
    story = replace(read(file_with(None)), kiosk=planted())
    (folder / "stories" / "s.json").write_bytes(story_file.written(story, KNOWN[0]))
    build.build(folder, whom, tmp_path / "out.zip", keeps_awaiting=True)
    built = open_dataset(tmp_path / "out.zip").stories[0].kiosk
    assert "hateful" not in repr(built).casefold().replace("[hidden hateful hashtag]", "")
    assert built.attract[0].text == "See [hidden hateful hashtag] now"


def test_that_editing_copying_and_keeping_a_story_keep_it(tmp_path):
    told = replace(STORY, kiosk=KIOSK)
    own = story_edit.copied(told, "own-1", Words("Mine"))
    for edited in (own, story_edit.timed(own, 0, 99), story_edit.moved(own, 0, 1)[0], story_edit.removed(own, 0),
                   story_edit.titled(own, "Other", "en", "en"),
                   story_edit.worded(own, 0, "headline", ("New", "en", "en"))):
        assert edited.kiosk == KIOSK
    story_shelf.keep(tmp_path, DATASET, (own,), ("own-1",))
    assert story_shelf.read(tmp_path, DATASET)[0][0].kiosk == KIOSK


def test_that_limits_are_those_that_the_manual_says():
    assert story_kiosk.MOST_SENTENCES == 50
    assert (story_kiosk.SHORTEST, story_kiosk.LONGEST, story_kiosk.USUAL) == (5, 120, 30)
    assert Surge("x", 0, 1, Words(), Words(), Words()).seconds == story_kiosk.USUAL

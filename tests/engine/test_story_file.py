"""Files of stories: what is written is read back equal; a bad step loses itself alone; a change of the data is told."""
from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes import EVENTS, words
from stories import DATASET, GUESS, SIGHT, STORY
from timeline_app.base.problems import Problem
from timeline_app.domain.records import Words
from timeline_app.domain.stories import MOST_STEPS, Guess, Remark, Sight, Step, Story, found
from timeline_app.domain.time import Span
from timeline_app.engine import story_check, story_file

KNOWN = ("en", "ko"), "America/Chicago"
VIEW = {"start": "2020-06-01T00:00:00", "end": "2020-06-02T00:00:00"}
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
WORDS = st.builds(lambda a, b: Words(a, (("ko", b),) if a and b else ()), TEXT, TEXT)
NAME = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,20}", fullmatch=True)
NAMES = st.lists(NAME, max_size=4, unique=True).map(tuple)
INSTANT = st.integers(-(2**45), 2**43)
SPAN = st.builds(lambda a, n: Span(a, a + n), INSTANT, st.integers(1, 10**12))
SIGHTS = st.builds(
    lambda at, length, **others: Sight(at, at + length, **others), st.integers(-(2**54), 2**52), st.integers(1, 10**15),
    selected=NAME | st.just(""), lane=NAME | st.just(""), marked=st.none() | SPAN, query=TEXT, shown=NAMES,
    group=NAME | st.just(""), pinned=NAMES, folded=NAMES, opened=NAME | st.just(""),
    taller=st.lists(st.tuples(NAME, st.integers(-3, 6)), max_size=3).map(tuple),
    looks=st.lists(st.tuples(NAME, st.sampled_from(("linear", "log")), st.just("retweets"), st.booleans()),
                   max_size=2).map(tuple), scroll=st.integers(0, 10_000))
STEPS = st.builds(
    Step, NAME, SIGHTS, WORDS, WORDS, WORDS, WORDS, st.integers(1, 86_400), st.booleans(),
    st.none() | st.builds(Guess, NAME, NAME, WORDS), st.lists(st.builds(Remark, INSTANT, WORDS), max_size=2).map(tuple),
    st.frozensets(st.sampled_from(("violence", "minor"))), NAMES, NAMES)


def read(data, problems=None):
    return story_file.read_story(data, "stories/a.json", KNOWN, [] if problems is None else problems)


@given(st.lists(STEPS, min_size=1, max_size=3, unique_by=lambda one: one.id), WORDS, NAME)
def test_that_what_is_written_is_read_back_equal(steps, summary, name):
    story = Story(name, Words("A title"), tuple(steps), summary, "sha256:0", "stories/a.json")
    problems: list[Problem] = []
    assert read(story_file.written(story, KNOWN[0]), problems) == story and problems == []


def test_that_two_versions_can_be_compared_line_by_line():
    lines = story_file.written(STORY, KNOWN[0]).decode().splitlines()
    changed = replace(STORY, steps=(replace(STORY.steps[0], seconds=99), *STORY.steps[1:]))
    other = story_file.written(changed, KNOWN[0]).decode().splitlines()
    assert len(set(other) - set(lines)) == 1 and len(lines) > 30


@pytest.mark.parametrize(("spoiled", "code"), [
    ({"id": "b", "view": {"start": "2020", "end": "soon"}}, "step_span"),
    ({"id": "b", "view": {"start": VIEW["end"], "end": VIEW["start"]}}, "step_span"),
    ({"id": "bad id!", "view": VIEW}, "bad_story_id"), ({"id": "good", "view": VIEW}, "step_twice"),
    ({"id": "b", "view": VIEW, "seconds": -3}, "step_seconds"), ({"id": "b", "view": 7}, "wrong_type"),
    ({"id": "b"}, "missing_member"), ("words", "wrong_type"),
    ({"id": "b", "view": VIEW, "remarks": [{"at": "noon"}]}, "bad_moment")])
def test_that_a_bad_step_is_told_and_the_good_ones_stay(spoiled, code):
    problems: list[Problem] = []
    data = json.dumps({"id": "s", "title": "T", "steps": [{"id": "good", "view": VIEW}, spoiled]}, indent=1).encode()
    assert read(data, problems).steps[0].id == "good"
    assert [one.code for one in problems] == [code] and problems[0].line > 1


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\0", b"[]", b"{", b"7", b"{\"id\": \"s\", \"steps\": {}}",
                                  b"[" * 10**5,
                                  json.dumps({"id": "s", "steps": []}).encode(),
                                  b"{\"id\": \"\\ud800\"}", b"{\"id\":\"s\",\"steps\":[null, 3, []]}"])
def test_that_a_hostile_file_is_a_problem_and_never_an_exception(data):
    problems: list[Problem] = []
    assert read(data, problems) is None and problems


def test_that_there_is_an_end_to_steps():
    steps = [{"id": f"s{n}", "view": VIEW} for n in range(MOST_STEPS + 50)]
    problems: list[Problem] = []
    assert len(read(json.dumps({"id": "s", "steps": steps}).encode(), problems).steps) == MOST_STEPS
    assert [one.code for one in problems] == ["too_many_steps"]


def test_that_a_story_is_found_by_its_id_and_by_its_title_in_any_language():
    assert {id(found((STORY,), name)) for name in ("s", "A STORY", "이야기", "")} == {id(STORY)}
    assert found((STORY,), "another") is None and found((), "") is None


def test_that_a_change_of_what_a_story_shows_is_told_and_no_other_change():
    story = replace(STORY, data_hash=story_check.data_hash(STORY, DATASET))
    assert not story_check.has_changed(story, DATASET) and not story_check.has_changed(STORY, DATASET)
    other = replace(EVENTS[1], title=words("Another title"))
    assert story_check.has_changed(story, replace(DATASET, events=(EVENTS[0], other, *EVENTS[2:])))
    changed = replace(DATASET.claims[0], answer="PT3H")
    assert story_check.has_changed(story, replace(DATASET, claims=(changed, *DATASET.claims[1:])))
    moved = replace(DATASET.claims[0], line=77)
    same = replace(DATASET, claims=(moved, *DATASET.claims[1:]), events=EVENTS[::-1])
    assert not story_check.has_changed(story, same)


def test_that_the_faults_of_a_story_are_told():
    steps = (Step("one", replace(SIGHT, selected="gone", shown=("no-lane",)), words("They flooded it"),
                  guess=replace(GUESS, question="why"), events=("gone",), sources=("gone",)),)
    story = Story("s", words("T", "제목"), steps, data_hash="sha256:other", file="stories/s.json")
    told = [one.code for one in story_check.story_problems(replace(DATASET, stories=(story,)))]
    assert told == ["story_data_changed", "unknown_event", "unknown_source", "unknown_lane", "guess_without_question",
                    "judged_word", "story_untranslated"]

"""Files of stories: what is written is read back equal; a bad step loses itself alone; a change of the data is told."""
from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes import EVENTS, words
from stories import DATASET, GUESS, SIGHT, STORY
from timeline_app.base.bundle import Folder
from timeline_app.base.problems import Problem
from timeline_app.domain.records import Words
from timeline_app.domain.stories import MOST_STEPS, Guess, Remark, Sight, Step, Story, found
from timeline_app.domain.time import Span
from timeline_app.engine import story_check, story_file
from timeline_app.engine.dataset import open_dataset

KNOWN = ("en", "ko"), "America/Chicago"
VIEW = {"start": "2020-06-01T00:00:00", "end": "2020-06-02T00:00:00"}
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
WORDS = st.builds(lambda a, b: Words(a, (("ko", b),) if a and b else ()), TEXT, TEXT)
NAME = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,20}", fullmatch=True)
NAMES = st.lists(NAME, max_size=4, unique=True).map(tuple)
INSTANT = st.integers(-(2**50), 2**43)  # thirty thousand years before our era, and later
SPAN = st.builds(lambda a, n: Span(a, a + n), INSTANT, st.integers(1, 10**12))
SIGHTS = st.builds(
    lambda at, length, **others: Sight(at, at + length, **others), st.integers(-(2**60), 2**52), st.integers(1, 10**15),
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


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_that_a_file_of_another_encoding_is_read(encoding):
    data = json.dumps({"id": "s", "steps": [{"id": "a", "view": VIEW, "headline": "말"}]}, ensure_ascii=False)
    assert read(data.encode(encoding)).steps[0].headline.text == "말"


def test_that_an_encoding_that_is_not_said_is_told():
    problems: list[Problem] = []
    read(json.dumps({"id": "s", "steps": [{"id": "a", "view": VIEW}]}).encode("utf-16-le"), problems)
    assert problems[0].code == "no_byte_order_mark"


@pytest.mark.parametrize("spoiled", [
    {"headline": "a\ud800b"}, {"headline": "a\0\u202eb"}, {"headline": {"fr": "Bonjour"}}, {"headline": {}},
    {"seconds": 10**30}, {"view": VIEW | {"scroll": -4}}, {"flags": ["nobody knows"]}, {"nobody": "knows"},
    {"view": {"start": "-99999999-01-01", "end": "99999999-01-01"}}, {"headline": "long " * 100_000}])
def test_that_a_strange_step_is_written_as_it_was_read(spoiled):
    story = read(json.dumps({"id": "s", "steps": [{"id": "a", "view": VIEW} | spoiled]}).encode())
    problems: list[Problem] = []
    assert read(story_file.written(story, KNOWN[0]), problems) == story and problems == []


def test_that_a_file_that_is_too_large_is_told_and_the_other_stories_stay(tmp_path):
    folder = tmp_path / "stories"
    folder.mkdir()
    (folder / "a.json").write_bytes(b" " * (story_file.MOST_BYTES + 1))
    (folder / "b.json").write_bytes(story_file.written(replace(STORY, id="b"), KNOWN[0]))
    problems: list[Problem] = []
    found = story_file.read_stories(Folder(tmp_path), KNOWN, problems)
    assert [one.id for one in found] == ["b"] and [one.file for one in problems] == ["stories/a.json"]


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


def test_that_a_claim_of_a_guess_counts_where_the_step_does_not_show_its_event():
    step = Step("one", replace(SIGHT, selected="", shown=("daily",)), guess=GUESS)
    story = Story("s", words("T"), (step,))
    story = replace(story, data_hash=story_check.data_hash(story, DATASET))
    asked = next(at for at, one in enumerate(DATASET.claims) if one.event_id == GUESS.event_id)
    claims = tuple(replace(one, answer="PT9H") if at == asked else one for at, one in enumerate(DATASET.claims))
    assert story_check.has_changed(story, replace(DATASET, claims=claims))


def test_that_the_faults_of_a_story_are_told():
    steps = (Step("one", replace(SIGHT, selected="gone", shown=("no-lane",)), words("They flooded it"),
                  guess=replace(GUESS, question="why"), events=("gone",), sources=("gone",)),)
    story = Story("s", words("T", "제목"), steps, data_hash="sha256:other", file="stories/s.json")
    told = [one.code for one in story_check.story_problems(replace(DATASET, stories=(story,)))]
    assert told == ["story_data_changed", "unknown_event", "unknown_source", "unknown_lane", "guess_without_question",
                    "judged_word", "story_untranslated"]


def test_that_an_empty_file_of_a_story_is_told(package):
    folder = package.write()
    (folder / "stories").mkdir()
    (folder / "stories" / "a.json").write_bytes(b"")
    assert [(one.code, one.file) for one in open_dataset(folder).problems] == [("bad_json", "stories/a.json")]

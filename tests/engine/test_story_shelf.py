"""A person's own stories: kept whole in the folder of the user, read back equal, and the dataset never written to."""
from __future__ import annotations

import json
from dataclasses import replace

import pytest

import packages
from fakes import tiny_dataset
from stories import STORY
from timeline_app.base.problems import UserError
from timeline_app.engine import note_journal, story_shelf
from timeline_app.engine.dataset import open_dataset
from timeline_app.engine.story_check import data_hash

DATASET = tiny_dataset()
OWN = replace(STORY, id="own-1")


def kept(place, *stories, touched=None):
    story_shelf.keep(place, DATASET, stories, touched or [one.id for one in stories])
    return story_shelf.read(place, DATASET)


def test_that_a_story_is_read_back_equal_with_the_hash_of_its_data(tmp_path):
    stories, problems = kept(tmp_path / "s", OWN)
    assert problems == () and replace(stories[0], data_hash="", file="") == OWN
    assert stories[0].data_hash == data_hash(OWN, DATASET)


def test_that_the_folder_is_named_as_the_notes_are():
    assert story_shelf.place_of(DATASET).name == note_journal.place_of(DATASET).stem


def test_that_a_removed_story_loses_its_file_and_others_stay(tmp_path):
    other = replace(OWN, id="own-2")
    kept(tmp_path, OWN, other)
    stories, _ = kept(tmp_path, other, touched=["own-1"])
    assert [one.id for one in stories] == ["own-2"] and [one.name for one in tmp_path.iterdir()] == ["own-2.json"]


def test_that_a_file_with_faults_keeps_a_copy_before_it_is_written_anew(tmp_path):
    kept(tmp_path, OWN)
    file = tmp_path / "own-1.json"
    broken = json.loads(file.read_bytes())
    broken["steps"][1]["view"]["end"] = "never"
    file.write_text(json.dumps(broken))
    stories, problems = story_shelf.read(tmp_path, DATASET)
    assert len(stories[0].steps) == 1 and [one.code for one in problems] == ["step_span", "story_data_changed"]
    kept(tmp_path, replace(stories[0], title=STORY.title))
    assert json.loads((tmp_path / "own-1.json.kept").read_bytes()) == broken
    assert story_shelf.read(tmp_path, DATASET)[1] == ()


def test_that_a_file_that_is_no_story_stays_and_is_told(tmp_path):
    (tmp_path / "x.json").write_bytes(b"{nothing")
    (tmp_path / "y.json").mkdir()
    stories, problems = kept(tmp_path, OWN)
    assert len(stories) == 1 and len(problems) >= 2 and (tmp_path / "x.json").read_bytes() == b"{nothing"


def test_that_changed_data_is_told(tmp_path):
    kept(tmp_path, OWN)
    _, problems = story_shelf.read(tmp_path, replace(DATASET, claims=DATASET.claims[:-1], derived=()))
    assert [one.code for one in problems] == ["story_data_changed"]


def test_that_a_disk_that_refuses_is_a_sentence(tmp_path):
    (tmp_path / "s").write_bytes(b"")
    with pytest.raises(UserError) as refused:
        story_shelf.keep(tmp_path / "s", DATASET, (OWN,), ("own-1",))
    assert refused.value.code == "stories_not_saved"


def test_that_nothing_is_written_into_a_dataset(tmp_path):
    place = packages.Package(tmp_path / "small").write()
    before = {one: one.read_bytes() for one in place.rglob("*") if one.is_file()}
    dataset = open_dataset(place)
    story_shelf.keep(story_shelf.place_of(dataset), dataset, (OWN,), ("own-1",))
    assert story_shelf.with_own(dataset).stories[-1].id == "own-1"
    assert {one: one.read_bytes() for one in place.rglob("*") if one.is_file()} == before


def test_that_an_exported_story_replaces_no_file_unasked(tmp_path):
    story_shelf.export(tmp_path / "a.json", OWN, DATASET)
    with pytest.raises(UserError):
        story_shelf.export(tmp_path / "a.json", OWN, DATASET)
    story_shelf.export(tmp_path / "a.json", replace(OWN, summary=STORY.title), DATASET, True)


def test_that_what_was_found_out_about_a_dataset_is_not_lost_with_own_stories():
    index = DATASET.event_by_id
    assert story_shelf.with_stories(DATASET, (OWN,)).event_by_id is index
    assert story_shelf.with_stories(DATASET, ()) is DATASET

"""Stories from the command line: the dataset's and one's own, listed and written into a file."""
from __future__ import annotations

import json
from dataclasses import replace

import packages
from stories import STORY
from timeline_app import cli
from timeline_app.engine import story_shelf
from timeline_app.engine.dataset import open_dataset


def test_that_stories_are_listed_with_steps_and_planned_time(capsys):
    assert cli.main(["stories", "--language", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("the-week  The week  (of the dataset, ") and lines[1].split()[0] == "1"
    assert cli.main(["stories", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["stories"]
    assert found[0]["id"] == "the-week" and not found[0]["own"]
    assert found[0]["seconds"] == sum(one["seconds"] for one in found[0]["steps"])


def test_that_own_stories_are_listed_and_exported_and_no_file_is_replaced(tmp_path, capsys):
    place = packages.Package(tmp_path / "small").write()
    assert cli.main(["stories", str(place), "--language", "en"]) == 0 and "No stories" in capsys.readouterr().out
    dataset = open_dataset(place)
    story_shelf.keep(story_shelf.place_of(dataset), dataset, (replace(STORY, id="own-1"),), ("own-1",))
    assert cli.main(["stories", str(place), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["stories"][0]["own"] is True
    target = tmp_path / "out.json"
    command = ["stories", str(place), "--export", "A story", "-o", str(target)]
    assert cli.main(command) == 0 and json.loads(target.read_bytes())["id"] == "own-1"
    assert cli.main(command) == 2
    assert cli.main(["stories", str(place), "--export", "own-1"]) == 2
    assert cli.main(["stories", str(place), "--export", "nope", "-o", str(tmp_path / "b.json")]) == 2

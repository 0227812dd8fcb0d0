"""A person's own stories on one dataset: a folder of files in the folder of the user, one a story, each written whole.

A dataset is never written to. Two windows write at once without harm to each other's stories; of one story the last
one that was written stands.
"""
from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from timeline_app.base import settings
from timeline_app.base.problems import Problem, UserError
from timeline_app.base.safe_io import must_be_regular, read_regular, write_atomic
from timeline_app.base.text import LANGUAGES
from timeline_app.domain.stories import Story
from timeline_app.engine import note_journal, story_file
from timeline_app.engine.dataset import Dataset
from timeline_app.engine.story_check import data_hash, has_changed

FOLDER = "stories"
KEPT = ".kept"  # what a copy of a file with faults is called by
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
Read = tuple[tuple[Story, ...], tuple[Problem, ...]]


def place_of(dataset: Dataset, folder: Path | None = None) -> Path | None:
    """The folder with a person's stories on a dataset, named as the file of their notes is; it need not exist. None
    while a dataset is still being read."""
    notes = note_journal.place_of(dataset, folder or settings.data_folder() / FOLDER)
    return notes.with_suffix("") if notes is not None else None


def languages_of(dataset: Dataset) -> tuple[str, ...]:
    """The languages that an own story can be told in: those of the dataset, then those of the window."""
    return (*dataset.meta.languages, *(one for one in LANGUAGES if one not in dataset.meta.languages))


def read(place: Path, dataset: Dataset) -> Read:
    """The stories at a place by the names of their files, and what was wrong. What cannot be read stays where it is."""
    found: dict[str, Story] = {}
    problems: list[Problem] = []
    known = (languages_of(dataset), dataset.meta.zone)
    taken = {one.id for one in dataset.stories}
    for file in _files(place, problems):
        name = f"{FOLDER}/{file.name}"
        try:
            data = read_regular(file, story_file.MOST_BYTES)
        except UserError:
            problems.append(Problem("warning", "file_unreadable", name))
            continue
        story = story_file.read_story(data, name, known, problems)
        if story is None:
            continue
        story = replace(story, id=file.stem)
        if story.id in taken:
            problems.append(Problem("warning", "story_twice", name, args=(("id", story.id),)))
            continue
        if has_changed(story, dataset):
            problems.append(Problem("warning", "story_data_changed", name))
        found[story.id] = story
    return tuple(found.values()), tuple(problems)


def keep(place: Path, dataset: Dataset, stories: Iterable[Story], touched: Iterable[str]) -> None:
    """Bring the files of the touched ids to what the stories are: written whole, or removed where there is no such
    story. UserError where the disk refuses; every file is then as it was or as it should be."""
    by_id = {one.id: one for one in stories}
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        for one in touched:
            file = place / f"{one}.json"
            if one in by_id:
                _write(file, written(by_id[one], dataset), dataset)
            else:
                file.unlink(missing_ok=True)
    except OSError as error:
        raise UserError("stories_disk_full" if error.errno in _FULL else "stories_not_saved", path=place) from None


def written(story: Story, dataset: Dataset) -> bytes:
    """The bytes of a story's file with the hash of the data that it shows now."""
    return story_file.written(replace(story, data_hash=data_hash(story, dataset)), languages_of(dataset))


def export(place: Path, story: Story, dataset: Dataset, replaces: bool = False) -> None:
    """Write a story into a file for others; UserError where it cannot be, or where one is there that is not to be
    replaced."""
    if not replaces and (place.exists() or place.is_symlink()):
        raise UserError("file_is_there", path=place)
    story_file.save(place, replace(story, data_hash=data_hash(story, dataset)), languages_of(dataset))


def own_stories(dataset: Dataset) -> Read:
    """A person's stories on a dataset, and what was wrong with them."""
    place = place_of(dataset)
    return read(place, dataset) if place is not None else ((), ())


def with_stories(dataset: Dataset, own: tuple[Story, ...]) -> Dataset:
    """The dataset with a person's stories after its own; what was already found out about its rows is not lost."""
    if not own:
        return dataset
    made = replace(dataset, stories=(*dataset.stories, *own))
    fields = set(dataset.__dataclass_fields__)
    vars(made).update({name: value for name, value in vars(dataset).items() if name not in fields})
    return made


def with_own(dataset: Dataset) -> Dataset:
    """The dataset with what a person has kept for it."""
    return with_stories(dataset, own_stories(dataset)[0])


def _files(place: Path, problems: list[Problem]) -> list[Path]:
    try:
        files = sorted(one for one in place.iterdir() if one.suffix == ".json" and not one.name.startswith("."))
    except FileNotFoundError:
        return []
    except OSError:
        problems.append(Problem("warning", "file_unreadable", FOLDER))
        return []
    if len(files) > story_file.MOST_STORIES:
        problems.append(Problem("error", "too_many_stories", FOLDER, args=(("limit", str(story_file.MOST_STORIES)),)))
    return files[:story_file.MOST_STORIES]


def _write(file: Path, data: bytes, dataset: Dataset) -> None:
    """Write a file unless it holds just that already; of one with faults a copy stays, since they are not written."""
    try:
        before = read_regular(file, story_file.MOST_BYTES)
    except UserError:
        must_be_regular(file)
        before = b""
    if before == data:
        return
    faults: list[Problem] = []
    if before:
        story_file.read_story(before, file.name, (languages_of(dataset), dataset.meta.zone), faults)
    if faults:
        write_atomic(file.with_name(f"{file.name}{KEPT}"), before)
    write_atomic(file, data)

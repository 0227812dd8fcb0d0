"""Stories told: exported, drawn step by step, given as a talk. It builds what `app` builds for explore, and no more.

An audience never looks at a dataset as a researcher has it: see `engine.audience`.
"""
from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_app.base.problems import UserError

if TYPE_CHECKING:
    from timeline_app.domain.stories import Story
    from timeline_app.engine.dataset import Dataset
    from timeline_app.engine.reading import Building
    from timeline_app.shells.present import Present
    from timeline_app.viewmodel.state import Setting
    from timeline_app.viewmodel.talk import Talk

SIZE = (1920, 1080)


def named_story(dataset: Dataset, options: Mapping[str, object]) -> Story:
    """The story that the options name, the first one without a name; UserError where it is not there."""
    from timeline_app.domain import stories

    name = str(options.get("story") or "")
    if not dataset.stories:
        raise UserError("no_stories", name=dataset.path)
    story = stories.found(dataset.stories, name)
    if story is None:
        raise UserError("unknown_story", name=name, known=", ".join(one.id for one in dataset.stories))
    return story


def export_story(path: str, output: str, options: Mapping[str, object], building: Building | None = None) -> int:
    """Write a story into a PDF, a page of HTML or a folder of PNG, or its worksheet, without a screen. Options: story,
    language, theme, notes, scale, reveal, worksheet, audience (who gets it; those in a talk if not told)."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from timeline_app.engine import story_check, story_shelf
    from timeline_app.engine.dataset import open_dataset
    from timeline_app.qt import story_export
    from timeline_app.qt.main_window import application, without_platform_remarks
    from timeline_app.viewmodel.state import Setting
    from timeline_app.viewmodel.story_book import book, seen
    from timeline_app.viewmodel.worksheet import worksheet

    application()
    whole = story_shelf.with_own(open_dataset(path, building))
    dataset = for_talk(whole, options)
    story, has_changed = named_story(dataset, options), story_check.has_changed(named_story(whole, options), whole)
    language, target = str(options.get("language") or dataset.meta.languages[0]), Path(output)
    if options.get("worksheet"):
        story_export.worksheet_files(worksheet(story, dataset, language), target)()
        return 0
    setting = Setting(language, str(options.get("theme") or "paper"), still=True)
    manner = story_export.Manner(setting.theme, bool(options.get("notes")), int(options.get("scale") or 1))
    told = book(story, dataset, setting, options.get("reveal") is not False, has_changed)
    shown = seen(story, dataset, options.get("reveal") is not False)
    with without_platform_remarks(), story_export.staged(shown, setting) as drawing:
        story_export.story_files(told, drawing, target, manner)()
    return 0


def for_talk(dataset: Dataset, options: Mapping[str, object]) -> Dataset:
    """The dataset as the audience of a talk or a reader of an export gets it; with masked tags only if they are asked
    for. An export can be for another audience, whose tags stay masked."""
    from timeline_app.engine.audience import for_audience

    wanted = str(options.get("audience") or "talk")
    return for_audience(dataset, "open_talk" if options.get("show_masked") and wanted == "talk" else wanted)


def step_snapshot(dataset: Dataset, output: Path, options: Mapping[str, object]) -> int:
    """Draw a step of a story into a file, as the audience sees it or the presenter. Options: story, step (its number
    from 1 or its id), reveal, window ("audience" or "presenter"), size, theme, language, zone."""
    from timeline_app.domain import stories
    from timeline_app.engine import story_shelf
    from timeline_app.qt import export, story_export
    from timeline_app.qt.main_window import without_platform_remarks
    from timeline_app.viewmodel import stage
    from timeline_app.viewmodel.state import Setting

    size = export.drawable(options.get("size") or SIZE)
    dataset = story_shelf.with_own(dataset)
    story = named_story(dataset, options)
    at = stories.step_number(story, str(options.get("step") or ""))
    setting = Setting(str(options.get("language") or dataset.meta.languages[0]), str(options.get("theme") or "paper"),
                      str(options.get("zone") or ""), still=True)
    with without_platform_remarks():
        if options.get("window") == "presenter":
            return _presenter_picture(talking(dataset, setting, dict(options, from_step=str(at + 1), windowed=True)),
                                      output, size)
        shown = for_talk(dataset, options)
        doc = stage.doc(named_story(shown, options), at, shown, setting, bool(options.get("reveal")))
        with story_export.staged(shown, setting) as drawing:
            drawn = drawing.at(doc, size)
            export.export(drawn, output, (doc.headline, doc.sentence), (drawn.canvas,))
    return 0


def _presenter_picture(window: Present, output: Path, size: tuple[int, int]) -> int:
    """The presenter's window of a talk that has just begun, as a file."""
    from timeline_app.qt import export

    window.resize(*size)
    window.audience.resize(*size)
    window.begin()
    for one in (window.view.near, window.view.following, window.audience.stage):
        one.settle()
    canvases = (window.view.near.canvas,)
    try:
        export.export(window, output, (window.windowTitle(), ""), canvases)
    finally:
        window.close()
        window.deleteLater()
    return 0


def _minutes(options: Mapping[str, object]) -> float | None:
    """How long the talk is to be: as asked for, or until a time of today or, where that has passed, of tomorrow."""
    until = options.get("until")
    if not until:
        return options.get("minutes")
    now = datetime.now()
    hour, minute = (int(part) for part in str(until).split(":"))
    return ((hour * 60 + minute) * 60 - (now.hour * 3600 + now.minute * 60 + now.second)) % 86_400 / 60


def talking(dataset: Dataset, setting: Setting, options: Mapping[str, object]) -> Present:
    """The presenter's window of a talk with the options of `present`, and `wall` for a clock that tells the time of
    day; UserError for a story or step that is not there."""
    from timeline_app.domain import stories
    from timeline_app.engine import story_check
    from timeline_app.qt.tasks import Tasks
    from timeline_app.shells.present import Manner, Present

    story = named_story(dataset, options)
    first = story.steps[stories.step_number(story, str(options.get("from_step") or ""))]
    shown = for_talk(dataset, options)
    told = named_story(shown, options)
    at = next((number for number, step in enumerate(told.steps) if step.id == first.id), 0)
    manner = Manner(_minutes(options), at,
                    bool(options.get("windowed")), bool(options.get("mouse")), bool(options.get("esc_ends")),
                    wall=datetime.now if options.get("wall") else None,
                    has_changed=story_check.has_changed(story, dataset))
    return Present(shown, told, setting, Tasks(), manner)


def keep_times(dataset: Dataset, told: Story, talk: Talk, place: object) -> None:
    """Write the story as the dataset has it, not as an audience gets it, with the times of a rehearsal, where that was
    asked for."""
    if not place:
        return
    from timeline_app.domain import stories
    from timeline_app.engine import story_file
    from timeline_app.viewmodel import pacing

    whole = stories.found(dataset.stories, told.id) or told
    took = dict(zip((step.id for step in told.steps), pacing.rehearsed(talk), strict=True))
    steps = tuple(replace(step, seconds=took.get(step.id, step.seconds)) for step in whole.steps)
    story_file.save(Path(str(place)), replace(whole, steps=steps), dataset.meta.languages)

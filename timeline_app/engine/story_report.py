"""The stories of a dataset and of a person as a list, for people and as JSON: steps and planned time."""
from __future__ import annotations

from timeline_app.base.text import Texts
from timeline_app.domain.stories import Step, Story
from timeline_app.engine.dataset import Dataset


def rows(dataset: Dataset, own: tuple[Story, ...]) -> list[dict[str, object]]:
    """Every story with its steps; times are seconds."""
    return [{"id": told.id, "own": is_own, "title": _texts(told, dataset), "seconds": told.seconds,
             "steps": [_step(step) for step in told.steps]}
            for stories, is_own in ((dataset.stories, False), (own, True)) for told in stories]


def lines(dataset: Dataset, own: tuple[Story, ...], texts: Texts) -> list[str]:
    """Every story on a line, its steps below it; a sentence where there is none."""
    found = []
    for stories, whose in ((dataset.stories, "dataset"), (own, "own")):
        for told in stories:
            found.append(texts.count("stories.listed", len(told.steps), id=told.id,
                                     title=told.title.say(texts.language), time=clock(told.seconds),
                                     whose=texts.get(f"stories.whose.{whose}")))
            found += [_line(number, step, texts) for number, step in enumerate(told.steps, 1)]
    return found or [texts.get("stories.none")]


def clock(seconds: int) -> str:
    """Planned time as it is written: "1:30"."""
    return f"{seconds // 60}:{seconds % 60:02}"


def _line(number: int, step: Step, texts: Texts) -> str:
    optional = f"  {texts.get('present.optional')}" if step.is_optional else ""
    return f"  {number:>3}  {clock(step.seconds):>6}  {step.headline.say(texts.language) or step.id}{optional}"


def _step(step: Step) -> dict[str, object]:
    return {"id": step.id, "headline": step.headline.text, "seconds": step.seconds, "optional": step.is_optional}


def _texts(told: Story, dataset: Dataset) -> dict[str, str]:
    return {dataset.meta.languages[0]: told.title.text} | dict(told.title.others)

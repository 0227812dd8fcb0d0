"""Looks at everything that a kiosk needs before a visitor does, and says what only the operating system can lock.

It needs no root and writes nothing. What it finds is a value; the words are in the catalogue.
"""
from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from timeline_app.base import resources
from timeline_app.base.log import visible
from timeline_app.base.problems import UserError, counts
from timeline_app.base.safe_io import MEGABYTE
from timeline_app.base.text import LANGUAGES, Texts
from timeline_app.engine import build, check, kiosk_system, shelf, staff_pin
from timeline_app.engine.dataset import Dataset, locate
from timeline_app.engine.kiosk_system import Finding, found
from timeline_app.supervise import HEARTBEAT

FONTS = ("Pretendard-Regular.otf", "Pretendard-SemiBold.otf", "Pretendard-Bold.otf", "NotoEmoji-Regular.woff2")
FEWEST_MOMENTS, MOST_MOMENTS = 8, 12
ROOM = 200 * MEGABYTE  # for logs, crashes, counts and the next bundle
LEVELS = ("bad", "warn", "system", "fine")


def examine(path: str | Path, place: Path | None, root: Path = Path("/"),
            environment: Mapping[str, str] = os.environ) -> tuple[Finding, ...]:
    """What is fine and what is not with the dataset or shelf at a path, the place of a kiosk's state, this app, and the
    machine whose files are below a root."""
    return (*_data(Path(path)), *_state(place), *_app(root, environment), *kiosk_system.findings(root))


def status(findings: Iterable[Finding]) -> int:
    """How the command ends: 1 where anything is bad, else 0."""
    return int(any(one.level == "bad" for one in findings))


def lines(findings: Iterable[Finding], texts: Texts) -> list[str]:
    """The findings for people: a line each, what matters most first, then how many there are, and what no application
    can do."""
    ordered = sorted(findings, key=lambda one: LEVELS.index(one.level))
    number = Counter(one.level for one in ordered)
    said = [visible(f"{texts.get(f'kiosk_doctor.level.{one.level}')}: {sentence(one, texts)}") for one in ordered]
    counted = texts.get("kiosk_doctor.counted", **{level: number[level] for level in LEVELS})
    return [*said, counted, texts.get("kiosk_doctor.honest")]


def sentence(finding: Finding, texts: Texts) -> str:
    """One finding in words; a refusal is said in those that it has everywhere."""
    args = texts.said(dict(finding.args))
    refused = args.pop("error", "")
    if refused:
        return texts.get(f"kiosk_doctor.{finding.code}", reason=texts.get(f"error.{refused}", **args))
    return texts.get(f"kiosk_doctor.{finding.code}", **args)


def _data(path: Path) -> Iterator[Finding]:
    try:
        if shelf.is_shelf(path):
            before = shelf.previous(path)
            path = shelf.current(path)
            yield found("fine", "shelf" if before else "shelf_alone", name=path.name)
        dataset, problems = check.examine(path)
    except UserError as error:
        yield found("bad", "refused", error=error.code, **error.arguments)
        return
    errors = counts(problems)["error"]
    title = dataset.meta.title.text
    yield found("bad", "errors", count=f"{errors:,}") if errors else found("fine", "opens", title=title)
    is_built = build.built_for(locate(path)) == "kiosk"
    yield found("fine", "built") if is_built else found("warn", "full_dataset")
    yield from _story(dataset)
    yield from _languages(dataset)


def _story(dataset: Dataset) -> Iterator[Finding]:
    story = next((one for one in dataset.stories if one.kiosk is not None), next(iter(dataset.stories), None))
    if story is None:
        yield found("warn", "no_story")
        return
    number = len(story.steps)
    is_made = story.kiosk is not None
    yield found("fine" if is_made else "warn", "story" if is_made else "story_plain", title=story.title.text)
    fits = FEWEST_MOMENTS <= number <= MOST_MOMENTS
    yield found("fine" if fits else "warn", "moments" if fits else "moments_other", count=number)


def _languages(dataset: Dataset) -> Iterator[Finding]:
    for code in LANGUAGES:
        name = f"@kiosk_doctor.language.{code}"
        if code not in dataset.meta.languages:
            yield found("warn", "language_missing", language=name)
        elif code in dataset.meta.awaiting_readers:
            yield found("warn", "language_awaits", language=name)
        else:
            yield found("fine", "language", language=name)


def _state(place: Path | None) -> Iterator[Finding]:
    """The folder of state, which is not written to, and the number that lets staff in."""
    there = next((one for one in (place, *place.parents) if one.is_dir()), None) if place is not None else None
    if there is None or not os.access(there, os.W_OK | os.X_OK):
        yield found("warn", "no_place")
    else:
        yield found("fine", "place", place=place)
        free = shutil.disk_usage(there).free
        megabytes = f"{free / MEGABYTE:,.0f}"
        yield found("fine", "room", free=megabytes) if free >= ROOM else found("warn", "little_room", free=megabytes)
    pin = staff_pin.state_of(place)
    yield found({"fine": "fine", "damaged": "bad"}.get(pin, "warn"), f"pin_{pin}")


def _app(root: Path, environment: Mapping[str, str]) -> Iterator[Finding]:
    lacking = [one for one in FONTS if not resources.path("fonts", one).is_file()]
    yield found("bad", "fonts_missing", names=", ".join(lacking)) if lacking else found("fine", "fonts")
    unit = kiosk_system.unit_of(root)
    is_watched = HEARTBEAT in environment or "timeline_app.supervise" in (unit or {}).get("ExecStart", "")
    yield found("fine", "supervised") if is_watched else found("warn", "unsupervised")
    cage = shutil.which("cage", path=environment.get("PATH", ""))
    yield found("fine", "cage") if cage else found("warn", "no_cage")

"""The command line: arguments in, one call out, an exit code back. No logic of the app is here.

Without a command the app opens. Messages for people go to standard error, JSON is one object on standard
output.
"""
from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_app import __version__, kiosk_command
from timeline_app.base.log import visible
from timeline_app.base.problems import UserError, counts
from timeline_app.base.text import LANGUAGES, Texts, catalogue

if TYPE_CHECKING:
    from timeline_app.engine.reading import Building

DEFAULT = "june-2020"
COMMANDS = ("explore", "present", "kiosk", "snapshot", "export", "info", "check", "import", "counts", "cache", "notes",
            "build", "stories")
_SIZE = re.compile(r"([0-9]{2,5})[x×]([0-9]{2,5})")
_SMALL = 8_000_000
FINE, FOUND, REFUSED, RUNS_ALREADY = 0, 1, 2, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command: 0 when it did what was asked, 1 when a check found errors, 2 when it could not,
    3 when another kiosk runs."""
    _let_every_letter_pass()
    given = with_command(list(sys.argv[1:] if argv is None else argv))
    texts = catalogue(_language_of(given))
    try:
        options = parser(texts).parse_args(given)
        texts = catalogue(options.language or texts.language)
        status = _COMMANDS[options.command](options, texts)
        sys.stdout.flush()
        return status
    except BrokenPipeError:  # whoever reads has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except UserError as error:
        print(visible(texts.get(f"error.{error.code}", **texts.said(error.arguments))), file=sys.stderr)
        return RUNS_ALREADY if error.code == "kiosk_is_running" else REFUSED
    except KeyboardInterrupt:
        print(f"\n{texts.get('cli.ended')}", file=sys.stderr)
        return REFUSED


def _let_every_letter_pass() -> None:
    """A console of few letters shows an escape for what it lacks, instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def with_command(given: list[str]) -> list[str]:
    """The arguments with a command in front: without one, what is given is a dataset to explore."""
    if given and (given[0] in COMMANDS or given[0] in ("-h", "--help", "--version")):
        return given
    return ["explore", *given]


def parser(texts: Texts | None = None) -> argparse.ArgumentParser:
    """The parser of all commands, its help in the catalogue's language."""
    say = (texts or catalogue("en")).get
    top = argparse.ArgumentParser("timeline-app", description=say("cli.about"), epilog=say("cli.no_command"))
    version = f"timeline-app {__version__}"
    top.add_argument("--version", action="version", version=version, help=say("cli.version"))
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    made = {name: commands.add_parser(name, help=say(f"cli.{name}"), description=say(f"cli.{name}"))
            for name in COMMANDS}
    for name, command in made.items():
        if name not in ("import", "cache"):
            command.add_argument("path", nargs="?", default=DEFAULT, metavar="PATH", help=say("cli.path"))
        command.add_argument("--language", choices=LANGUAGES, help=say("cli.language"))
    for name in ("explore", "present", "kiosk", "snapshot", "export"):
        made[name].add_argument("--theme", choices=("paper", "gallery", "contrast"), help=say("cli.theme"))
    for name in ("info", "check", "cache", "stories"):
        made[name].add_argument("--json", action="store_true", help=say("cli.json"))
    _add_snapshot_options(made["snapshot"], say)
    _add_export_options(made["export"], say)
    _add_present_options(made["present"], say)
    kiosk_command.add_options(made["kiosk"], made["snapshot"], say)
    _add_tweet_options(made["import"], made["counts"], say)
    made["snapshot"].add_argument("--notes", action="store_true", help=say("cli.with_notes"))
    made["notes"].add_argument("-o", "--output", metavar="FILE", help=say("cli.notes_output"))
    made["notes"].add_argument("--by", default="", metavar="NAME", help=say("cli.by"))
    made["build"].add_argument("--for", dest="audience", required=True, choices=("kiosk", "classroom", "publish"),
                               help=say("cli.for"))
    made["build"].add_argument("--keep-awaiting", action="store_true", help=say("cli.keep_awaiting"))
    made["build"].add_argument("-o", "--output", required=True, metavar="ZIP", help=say("cli.build_output"))
    for name in ("present", "kiosk", "snapshot", "export"):
        made[name].add_argument("--show-masked", action="store_true", help=say("cli.show_masked"))
    made["stories"].add_argument("--export", metavar="ID", help=say("cli.export_id"))
    made["stories"].add_argument("-o", "--output", metavar="FILE", help=say("cli.story_output"))
    made["cache"].add_argument("--clear", action="store_true", help=say("cli.clear"))
    return top


def _add_tweet_options(importing: argparse.ArgumentParser, counting: argparse.ArgumentParser, say: object) -> None:
    importing.add_argument("sources", nargs="+", metavar="SOURCE", help=say("cli.source"))
    importing.add_argument("-o", "--output", required=True, metavar="DATASET", help=say("cli.dataset"))
    importing.add_argument("--collection", default="main", metavar="NAME", help=say("cli.collection"))
    importing.add_argument("--scheduler", metavar="ADDRESS", help=say("cli.scheduler"))
    counting.add_argument("--collection", metavar="NAME", help=say("cli.counted_collection"))
    counting.add_argument("--bin", default="1h", metavar="BIN", help=say("cli.bin"))
    counting.add_argument("--tag", metavar="TAG", help=say("cli.tag"))
    counting.add_argument("--zone", default="UTC", metavar="ZONE", help=say("cli.count_zone"))


def _add_present_options(command: argparse.ArgumentParser, say: object) -> None:
    command.add_argument("--story", metavar="NAME", help=say("cli.story"))
    command.add_argument("--from-step", metavar="STEP", help=say("cli.from_step"))
    command.add_argument("--minutes", type=_minutes, metavar="MINUTES", help=say("cli.minutes"))
    command.add_argument("--until", type=_time_of_day, metavar="HH:MM", help=say("cli.until"))
    command.add_argument("--rehearse", metavar="FILE", help=say("cli.rehearse"))
    for name in ("windowed", "mouse", "esc-ends"):
        command.add_argument(f"--{name}", action="store_true", help=say(f"cli.{name.replace('-', '_')}"))


def _minutes(text: str) -> float:
    number = float(text) if re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,2})?", text) else 0.0
    if not number:
        raise argparse.ArgumentTypeError(f"{text!r} is not like 20")
    return number


def _time_of_day(text: str) -> str:
    if not re.fullmatch(r"([01]?[0-9]|2[0-3]):[0-5][0-9]", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not like 14:30")
    return text


def _add_snapshot_options(command: argparse.ArgumentParser, say: object) -> None:
    command.add_argument("-o", "--output", required=True, metavar="FILE", help=say("cli.output"))
    command.add_argument("--size", type=_size, metavar="WxH", help=say("cli.size"))
    command.add_argument("--story", metavar="NAME", help=say("cli.story"))
    command.add_argument("--step", metavar="STEP", help=say("cli.step"))
    command.add_argument("--reveal", action="store_true", help=say("cli.reveal_step"))
    command.add_argument("--window", choices=("audience", "presenter"), help=say("cli.window"))
    for name in ("span", "select", "zone", "group"):
        command.add_argument(f"--{name}", metavar=name.upper(), help=say(f"cli.{name}"))


def _add_export_options(command: argparse.ArgumentParser, say: object) -> None:
    command.add_argument("-o", "--output", required=True, metavar="FILE", help=say("cli.export_output"))
    command.add_argument("--story", metavar="NAME", help=say("cli.story"))
    command.add_argument("--for", dest="audience", choices=("kiosk", "classroom", "publish", "talk"), default="talk",
                         help=say("cli.export_for"))
    command.add_argument("--notes", action="store_true", help=say("cli.export_notes"))
    command.add_argument("--scale", type=int, choices=(1, 2), default=1, help=say("cli.scale"))
    command.add_argument("--reveal", action=argparse.BooleanOptionalAction, default=True, help=say("cli.reveal"))
    command.add_argument("--worksheet", action="store_true", help=say("cli.worksheet"))


def _size(text: str) -> tuple[int, int]:
    match = _SIZE.fullmatch(text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not like 1440x900")
    return int(match[1]), int(match[2])


def _language_of(given: Sequence[str]) -> str:
    """The language asked for, also by the system, before the arguments are read: help has a language as
    well."""
    for place, one in enumerate(given):
        if one.startswith("--language="):
            return one.partition("=")[2]
        if one == "--language" and place + 1 < len(given):
            return given[place + 1]
    chosen = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    system = next(filter(None, chosen), "")
    return system[:2] if system[:2] in LANGUAGES else LANGUAGES[0]


def _explore(options: argparse.Namespace, texts: Texts) -> int:
    from timeline_app.app import explore  # the other commands need no window

    return explore(options.path, options.language, options.theme)


def _present(options: argparse.Namespace, texts: Texts) -> int:
    from timeline_app.app import present

    names = ("story", "from_step", "minutes", "until", "rehearse", "windowed", "mouse", "esc_ends", "language", "theme",
             "show_masked")
    return present(options.path, {name: getattr(options, name) for name in names})


def _snapshot(options: argparse.Namespace, texts: Texts) -> int:
    from timeline_app.app import snapshot

    names = ("size", "span", "select", "theme", "language", "zone", "notes", "group", "story", "step", "reveal",
             "window", "show_masked", "kiosk", "text_percent", "screen_mm", "moment")
    with _building(options.path, texts) as building:
        return snapshot(options.path, options.output, {name: getattr(options, name) for name in names}, building)


def _export(options: argparse.Namespace, texts: Texts) -> int:
    from timeline_app.telling import export_story

    names = ("story", "audience", "language", "theme", "notes", "scale", "reveal", "worksheet", "show_masked")
    with _building(options.path, texts) as building:
        given = {name: getattr(options, name) for name in names}
        status = export_story(options.path, options.output, given, building)
    print(visible(texts.get("story_export.written", name=options.output)), file=sys.stderr)
    return status


def _info(options: argparse.Namespace, texts: Texts) -> int:
    from timeline_app.engine.check import examine
    from timeline_app.engine.report import info, info_lines

    with _building(options.path, texts) as building:
        dataset, problems = examine(options.path, building)
    found = info(dataset, problems, texts.language)
    if dataset.collections:
        from timeline_app.engine.collection_report import collections_info, tweet_lines

        found |= collections_info(dataset) | {"title": found["title"], "span": found["span"]}
    more = f"\n\n{tweet_lines(found, texts)}" if dataset.collections else ""
    print(json.dumps(found) if options.json else info_lines(found, texts) + more)
    return FINE


def _check(options: argparse.Namespace, texts: Texts) -> int:
    from timeline_app.engine.check import check
    from timeline_app.engine.report import problem_counts, problem_lines, problem_row

    with _building(options.path, texts) as building:
        problems = check(options.path, building)
    number = counts(problems)
    if options.json:
        print(json.dumps({"problems": [problem_row(one, texts) for one in problems]}))
    else:
        if problems:
            print(problem_lines(problems, texts))
        print(problem_counts(number, texts), file=sys.stderr)
    return FOUND if number["error"] else FINE


def _import(options: argparse.Namespace, texts: Texts) -> int:
    from timeline_app.engine import collection_report
    from timeline_app.engine.report import problem_lines
    from timeline_app.engine.tweets import collection
    from timeline_app.engine.tweets.building import Watch

    paths, target = [Path(one) for one in options.sources], Path(options.output)
    with _workers(paths, options.scheduler) as executor:
        report = collection.import_sources(paths, target, executor, Watch(_bar(texts)), options.collection)
    if sys.stderr.isatty():
        _draw("")
    collection.describe(target)
    if report.problems:
        print(problem_lines(report.problems, texts), file=sys.stderr)
    print(visible(collection_report.import_line(report, texts)), file=sys.stderr)
    return FINE


def _workers(paths: Sequence[Path], scheduler: str | None = None) -> contextlib.AbstractContextManager:
    """Spawned processes, one a core; none for what is read before they would have started; or those of a cluster."""
    if scheduler:
        from timeline_app.engine.tweets.cluster import cluster

        return cluster(scheduler)
    from timeline_app.engine.tweets.finding import size_of

    if size_of(paths) < _SMALL:
        return contextlib.nullcontext()
    from timeline_app.engine.tweets.workers import start_workers

    return start_workers()


@contextlib.contextmanager
def _building(path: str, texts: Texts) -> Iterator[Building]:
    """Who builds what is not yet in the cache: workers where a file is large."""
    from timeline_app.engine.reading import Building

    with _workers([Path(path)]) as executor:
        yield Building(executor, _bar(texts))


def _bar(texts: Texts) -> Callable | None:
    """What draws the progress on standard error, where that is a terminal."""
    from timeline_app.engine.collection_report import bar

    if not sys.stderr.isatty():
        return None
    begun = time.monotonic()
    return lambda one: _draw(bar(one, time.monotonic() - begun, texts))


def _draw(line: str) -> None:
    print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)


def _counts(options: argparse.Namespace, texts: Texts) -> int:
    from timeline_app.engine import collection_report
    from timeline_app.engine.dataset import locate
    from timeline_app.engine.tweets import collection
    from timeline_app.engine.tweets.counts import key_of

    place = locate(options.path)
    if options.collection or collection.is_store(place):
        store = collection.open_store(place, options.collection or "")
    else:
        with _building(options.path, texts) as building:
            store = collection.store_at(place, building.executor, building.told)
    if options.tag and store.number(key_of(options.tag)) is None:
        print(visible(texts.get("cli.unknown_tag", tag=options.tag)), file=sys.stderr)
    print("\n".join(collection_report.count_lines(store, options.bin, options.tag, options.zone)))
    return FINE


def _cache(options: argparse.Namespace, texts: Texts) -> int:
    from timeline_app.engine import cache_report
    from timeline_app.engine.tweets import cache

    entries = cache.clear(cache.cached()) if options.clear else cache.cached()
    if options.json:
        rows = [cache_report.row(one) for one in entries]
        print(json.dumps({"cleared" if options.clear else "collections": rows}))
    else:
        print((cache_report.cleared if options.clear else cache_report.lines)(entries, texts))
    return FINE


def _notes(options: argparse.Namespace, texts: Texts) -> int:
    from timeline_app.engine import note_file, note_journal
    from timeline_app.engine.dataset import open_dataset
    from timeline_app.engine.report import problem_lines

    with _building(options.path, texts) as building:
        dataset = open_dataset(options.path, building)
    journal = note_journal.read(note_journal.place_of(dataset))
    if journal.problems:
        print(problem_lines(journal.problems, texts), file=sys.stderr)
    notes = note_file.together(journal.notes, dataset.notes, options.by)
    if options.output:
        if not notes:
            raise UserError("no_notes")
        note_file.save(Path(options.output), notes)
        print(visible(texts.count("notes.exported", len(notes), name=options.output)), file=sys.stderr)
    else:
        sys.stdout.write(note_file.written(notes).decode())
    return FINE


def _build(options: argparse.Namespace, texts: Texts) -> int:
    from timeline_app.engine.build import build

    built = build(options.path, options.audience, Path(options.output), options.keep_awaiting)
    said = "; ".join(texts.count(f"build.left_out.{reason}", number) for reason, number in built.left_out)
    line = texts.get("build.written", name=options.output, kilobytes=f"{built.size // 1000:,}")
    beside = texts.get("build.checksum", name=built.checksum) if built.checksum else ""
    print(visible(" ".join(filter(None, (line, f"{said}." if said else "", beside)))), file=sys.stderr)
    return FINE


def _stories(options: argparse.Namespace, texts: Texts) -> int:
    from timeline_app.engine import story_report, story_shelf
    from timeline_app.engine.dataset import open_dataset
    from timeline_app.engine.report import problem_lines
    from timeline_app.telling import named_story

    if bool(options.export) != bool(options.output):
        raise UserError("export_needs_both")
    with _building(options.path, texts) as building:
        dataset = open_dataset(options.path, building)
    own, problems = story_shelf.own_stories(dataset)
    if problems:
        print(problem_lines(problems, texts), file=sys.stderr)
    if options.export:
        story = named_story(story_shelf.with_stories(dataset, own), {"story": options.export})
        story_shelf.export(Path(options.output), story, dataset)
        print(visible(texts.get("stories.saved", name=options.output)), file=sys.stderr)
    elif options.json:
        print(json.dumps({"stories": story_report.rows(dataset, own)}))
    else:
        print("\n".join(visible(line) for line in story_report.lines(dataset, own, texts)))
    return FINE


_COMMANDS = {"explore": _explore, "present": _present, "kiosk": kiosk_command.run, "snapshot": _snapshot,
             "export": _export, "info": _info, "check": _check, "import": _import, "counts": _counts, "cache": _cache,
             "notes": _notes, "build": _build, "stories": _stories}

"""From files to a published store and back: what is a tweet source, the import that can be killed, the cache.

A dataset keeps a collection in `tweets/<name>/`: its store in a folder named by fingerprint, which `collection.json`
names; that is replaced in one step, so the old store opens until the new one does. Work lies in `.building/` beside it:
a plan, finished runs, a journal with a row for each. Reading is in `shard`, merging in `merge`; no line is looked into
here.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass
from pathlib import Path

import msgspec

from timeline_app.base.problems import Problem, UserError
from timeline_app.base.safe_io import write_atomic
from timeline_app.engine.tweets import finding
from timeline_app.engine.tweets.finding import files, sources_of
from timeline_app.engine.tweets.run import place, sha256
from timeline_app.engine.tweets.shard import Shard, build_shard, shards_of
from timeline_app.engine.tweets.source import Source
from timeline_app.engine.tweets.store import File, Manifest, Store, build_store, fingerprint

FOLDER, MAIN, POINTER, WORK = "tweets", "main", "collection.json", ".building"
_STORE_NAME = re.compile("[0-9a-f]{16}")


class _Plan(msgspec.Struct, frozen=True):
    """What an unfinished import was about; another plan starts anew."""

    sources: tuple[Source, ...]
    changed_ns: tuple[int, ...]
    shards: tuple[Shard, ...]


class _Pointer(msgspec.Struct, frozen=True):
    store: str


class _Row(msgspec.Struct, frozen=True):
    """A finished shard in the journal: its number, and the size of each file of its run."""

    shard: int
    sizes: dict[str, int]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is, in bytes of the sources; `merging` once all is read."""

    done: int
    total: int
    merging: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What an import made, and which files it left out."""

    store: Path
    tweets: int
    duplicates: int
    refused: int
    problems: tuple[Problem, ...] = ()


Told = Callable[[Progress], None]


def recognise(path: Path) -> bool:
    """Whether there is a store, a tweet file, or a folder or zip of tweet files."""
    return is_store(path) or finding.recognise(path)


def is_store(path: Path) -> bool:
    """Whether the folder holds a published store."""
    return bool(names(path))


def names(path: Path) -> tuple[str, ...]:
    """The collections with a published store in a dataset folder, sorted."""
    return tuple(sorted(one.parent.name for one in (path / FOLDER).glob(f"[!.]*/{POINTER}")))


def open_store(path: Path, name: str = MAIN) -> Store:
    """The store of a collection of a dataset folder."""
    home = path / FOLDER / name
    try:
        named = msgspec.json.decode((home / POINTER).read_bytes(), type=_Pointer).store
    except (OSError, msgspec.MsgspecError):
        raise UserError("store_broken", path=path.name) from None
    if not named.isalnum():
        raise UserError("store_broken", path=path.name)
    return Store.open(home / named)


def store_at(path: Path, executor: Executor | None = None, told: Told | None = None,
             check: Callable[[], None] | None = None) -> Store:
    """The store at a path; that of a tweet file or folder of them is built once, in the user's cache. `check` is called
    between pieces and may raise."""
    if is_store(path):
        return open_store(path)
    target = cache_folder() / _identity(path)
    if not is_store(target):
        import_sources([path], target, executor, told)
    return open_store(target)


def store_of(paths: Sequence[Path], executor: Executor | None = None, told: Told | None = None) -> Store:
    """One store of all tweets of several files and folders, built once in the user's cache."""
    joined = "\n".join(_identity(path) for path in paths)
    target = cache_folder() / hashlib.sha256(joined.encode()).hexdigest()[:32]
    if not is_store(target):
        import_sources(paths, target, executor, told)
    return open_store(target)


def cache_folder() -> Path:
    """Where collections are kept that were opened and not imported; deleting it loses nothing."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "timeline-explorer" / "tweets"


def import_sources(
    paths: Sequence[Path], target: Path, executor: Executor | None = None, told: Told | None = None
) -> Report:
    """All tweets of the files and folders as a store in `target`, which is replaced as a whole. A killed import goes
    on where it was; the executor, if any, must be one of processes or threads that may read and write here."""
    sources, problems = sources_of(paths)
    home = target / FOLDER / MAIN
    work = home / WORK
    shards = shards_of(sources)
    plan = _Plan(sources, tuple(os.stat(source.path).st_mtime_ns for source in sources), shards)
    _prepare(work, plan)
    hashes = _in_order(executor, _hashed, [(Path(source.path), source.name) for source in sources])
    _build_shards(plan, work, executor, told)
    if told:
        told(Progress(1, 1, merging=True))
    runs = [work / f"{shard.number:06}" for shard in shards]
    made = build_store(runs, list(hashes), work / "store")
    _require_something(Store.open(made).manifest, work, paths)
    store = _publish(made, home)
    manifest = store.manifest
    return Report(store.folder, manifest.tweets, manifest.duplicates, manifest.refused, problems)


def _require_something(found: Manifest, work: Path, paths: Sequence[Path]) -> None:
    """UserError, and nothing published, where no line gave a tweet."""
    if found.tweets or found.exported_gaps:
        return
    shutil.rmtree(work)
    path = ", ".join(map(str, paths))
    if not found.refused_lines:
        raise UserError("nothing_inside", path=path)
    first = found.refused_lines[0]
    raise UserError("all_refused", path=path, refused=f"{found.refused:,}", line=f"{first.line:,}", file=first.file,
                    reason=f"@tweet_readers.{first.reason}")


def _identity(path: Path) -> str:
    found = hashlib.sha256()
    for file in files(path):
        one = file.stat()
        found.update(f"{file.resolve()}\0{one.st_dev}\0{one.st_ino}\0{one.st_size}\0{one.st_mtime_ns}\n".encode())
    return found.hexdigest()[:32]


def _hashed(path: Path, name: str) -> File:
    return File(name, path.stat().st_size, sha256(path))


def _in_order(executor: Executor | None, work: Callable, given: Sequence[tuple]) -> Iterator:
    """The results of all calls in their order; with an executor they are under way at once."""
    if executor is None:
        return (work(*one) for one in given)
    futures = [executor.submit(work, *one) for one in given]
    return (future.result() for future in futures)


def _prepare(work: Path, plan: _Plan) -> None:
    """The work folder of this plan; what another plan left is removed."""
    written = msgspec.json.encode(plan)
    try:
        same = (work / "plan.json").read_bytes() == written
    except OSError:
        same = False
    if not same:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        write_atomic(work / "plan.json", written)


def _build_shards(plan: _Plan, work: Path, executor: Executor | None, told: Told | None) -> None:
    """Every shard that no row of the journal calls finished."""
    finished = _finished(work)
    sizes = {shard.number: shard.size for shard in plan.shards}
    done, total = sum(sizes[number] for number in finished & sizes.keys()), sum(sizes.values())
    missing = [shard for shard in plan.shards if shard.number not in finished]
    with (work / "journal.jsonl").open("ab") as journal:
        for run in _runs(plan, missing, work, executor):
            row = _Row(int(run.name), {one.name: one.stat().st_size for one in sorted(run.iterdir())})
            journal.write(msgspec.json.encode(row) + b"\n")
            journal.flush()
            os.fsync(journal.fileno())
            done += sizes[row.shard]
            if told:
                told(Progress(done, total))


def _runs(plan: _Plan, missing: Sequence[Shard], work: Path, executor: Executor | None) -> Iterator[Path]:
    """Runs as they are finished; when whoever listens stops, nothing more is begun."""
    given = [(tuple(plan.sources[part.source] for part in shard.parts), shard, work / f"{shard.number:06}")
             for shard in missing]
    if executor is None:
        yield from (build_shard(*one) for one in given)
        return
    futures: list[Future[Path]] = [executor.submit(build_shard, *one) for one in given]
    try:
        for future in as_completed(futures):
            yield future.result()
    finally:
        for future in futures:
            future.cancel()


def _finished(work: Path) -> set[int]:
    """The shards whose run is there as the journal has it. A row that was cut is none."""
    found = set()
    journal = work / "journal.jsonl"
    for line in journal.read_bytes().split(b"\n") if journal.exists() else ():
        try:
            row = msgspec.json.decode(line, type=_Row)
            run = work / f"{row.shard:06}"
            if {one.name: one.stat().st_size for one in run.iterdir()} == row.sizes:
                found.add(row.shard)
        except (msgspec.MsgspecError, OSError):
            continue
    return found


def _publish(made: Path, home: Path) -> Store:
    """The built store under its own name, then named by the pointer; then older stores and the work go, nothing else:
    the folder may hold a person's own files."""
    name = fingerprint(made)
    try:
        Store.open(home / name)
    except UserError:
        place(made, home / name)
    write_atomic(home / POINTER, msgspec.json.encode(_Pointer(name)) + b"\n")
    for other in home.iterdir():
        old = _STORE_NAME.fullmatch(other.name) and other.name != name
        if other.is_dir() and (old or other.name == WORK):
            shutil.rmtree(other)
    return Store.open(home / name)

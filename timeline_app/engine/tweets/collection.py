"""From files to a published store and back: the import that can be killed or ended, and opening what it made.

A dataset keeps a collection in `tweets/<name>/`: its store in a folder named by fingerprint, which `collection.json`
names; that is replaced in one step, so the old store opens until the new one does. Work lies in `.building/` beside it.
What has a clock or names a machine stands in `import.log` beside it, never in the store. Which files are sources is in
`finding`, building their shards in `building`, merging in `merge`; no line is looked into here.
"""

from __future__ import annotations

import errno
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from timeline_app.base.bundle import is_safe_name
from timeline_app.base.problems import Problem, UserError
from timeline_app.base.safe_io import write_atomic
from timeline_app.engine.tweets import cache, finding, lock, withdrawn
from timeline_app.engine.tweets.building import (
    WORK,
    Meter,
    Plan,
    Progress,
    Watch,
    build_shards,
    clear,
    name_of,
    prepare,
    result_of,
    results_of,
)
from timeline_app.engine.tweets.finding import POINTER, Pointer, sources_of
from timeline_app.engine.tweets.import_log import Log
from timeline_app.engine.tweets.index import arranged, build_store, described, merged_and_arranged
from timeline_app.engine.tweets.merge import plain_spans
from timeline_app.engine.tweets.merging import merge_spans
from timeline_app.engine.tweets.package_file import write_package
from timeline_app.engine.tweets.run import place, sha256_of, sync, sync_folder
from timeline_app.engine.tweets.shard import shards_of
from timeline_app.engine.tweets.source import Source, opened
from timeline_app.engine.tweets.store import File, Manifest, Store, fingerprint

FOLDER, MAIN = "tweets", "main"
_STORE_NAME = re.compile("[0-9a-f]{16}")
_NAME = re.compile("[A-Za-z0-9_-]{1,64}")
_PACKED_GROWTH = 4  # what a packed list or table becomes, about
_SPARE = 64_000_000
_EXPECTED = {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS, errno.EPERM, errno.EEXIST, errno.ENOTDIR,
             errno.ENOENT, errno.EIO, errno.ENAMETOOLONG, errno.ELOOP}

Told = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What an import made, and which files it left out."""

    store: Path
    tweets: int
    duplicates: int
    refused: int
    problems: tuple[Problem, ...] = ()


def recognise(path: Path) -> bool:
    """Whether there is a store, a tweet file, or a folder or zip of tweet files."""
    return is_store(path) or finding.recognise(path)


def is_store(path: Path) -> bool:
    """Whether the folder holds a published store."""
    return bool(names(path))


def names(path: Path) -> tuple[str, ...]:
    """The collections with a published store in a dataset folder, sorted."""
    found = (one.parent.name for one in (path / FOLDER).glob(f"*/{POINTER}"))
    return tuple(sorted(name for name in found if _NAME.fullmatch(name)))


def open_store(path: Path, name: str = "") -> Store:
    """The store of a collection of a dataset folder; without a name `main`, or the only one; UserError where there are
    several others."""
    if name and name not in names(path):
        raise UserError("no_collection", path=path.name, name=name)
    known = (name,) if name else names(path)
    if len(known) > 1 and MAIN not in known:
        raise UserError("several_collections", path=path.name, names=", ".join(known))
    home = path / FOLDER / (known[0] if len(known) == 1 else MAIN)
    try:
        named = msgspec.json.decode((home / POINTER).read_bytes(), type=Pointer).store
    except (OSError, msgspec.MsgspecError):
        raise UserError("store_broken", path=path.name) from None
    if not _STORE_NAME.fullmatch(named):
        raise UserError("store_broken", path=path.name)
    return Store.open(home / named)


def store_at(path: Path, executor: Executor | None = None, told: Told | None = None,
             check: Callable[[], None] | None = None, preview: bool = False) -> Store:
    """The store at a path; that of a tweet file, or of a folder or zip of them, is built once, in the user's cache.
    `check` is called between pieces and may raise."""
    if is_store(path):
        return open_store(path)
    return store_of([path], executor, Watch(told, check, preview))


def store_of(paths: Sequence[Path], executor: Executor | None, watch: Watch) -> Store:
    """One store of all tweets of several files, folders and zips, built once in the user's cache."""
    target = cache.place_of(*paths)
    cache.use(target)
    store = None
    if is_store(target):
        with suppress(UserError):  # one that is damaged, or that another version made, is built anew
            store = open_store(target)
    if store is None:
        made = import_sources(paths, target, executor, watch)
        cache.note(target, paths, made.tweets)
        store = open_store(target)
    withdrawn.look_beside(store, paths)
    return store


def import_sources(paths: Sequence[Path], target: Path, executor: Executor | None = None, watch: Watch | None = None,
                   name: str = MAIN) -> Report:
    """All tweets of the files, folders and zips as a collection of a dataset folder, which is replaced as a whole. An
    import that was killed goes on where it was; the executor, if any, must be one whose workers read and write here."""
    check_name(name)
    watch = watch or Watch()
    sources, problems = sources_of(paths, watch.check)
    plan = Plan(sources, _changed_ns(sources), shards_of(sources))
    home = target / FOLDER / name
    with _in_words(target), _without_litter(home), lock.held(home / WORK):
        log = Log(home, executor)
        _require_space(sources, home)
        prepare(home / WORK, plan)
        made = _built(plan, home / WORK, executor, watch)
        if _changed_ns(sources) != plan.changed_ns:
            raise UserError("source_changed", path=", ".join(map(str, paths)))
        store = _publish(made, home, paths)
        log.write(plan, store.manifest.tweets)
    manifest = store.manifest
    return Report(store.folder, manifest.tweets, manifest.duplicates, manifest.refused, problems)


def describe(target: Path) -> bool:
    """Write the `datapackage.json` of a folder of imports, unless it has one of its own."""
    found = {name: open_store(target, name).manifest for name in names(target)}
    return write_package(target, found, f"{FOLDER}/{{}}/{POINTER}")


@contextmanager
def _without_litter(home: Path) -> Iterator[None]:
    """What is refused leaves no empty folders behind."""
    try:
        yield
    except UserError:
        _remove_empty(home)
        raise


def _remove_empty(home: Path) -> None:
    for folder in (home, *home.parents[:2]):
        with suppress(OSError):
            folder.rmdir()


def check_name(name: str) -> None:
    """UserError unless a collection may be called so: letters, digits, - and _, and not like a store."""
    if not _NAME.fullmatch(name) or not is_safe_name(name) or _STORE_NAME.fullmatch(name):
        raise UserError("collection_name", name=name[:80])


@contextmanager
def _in_words(target: Path) -> Iterator[None]:
    """What may go wrong with disks and workers, as a UserError."""
    try:
        yield
    except BrokenExecutor:
        raise UserError("workers_ended") from None
    except OSError as error:
        if error.errno not in _EXPECTED:
            raise
        raise UserError("cannot_write", name=target, reason=error.strerror) from None


def _changed_ns(sources: Sequence[Source]) -> tuple[int, ...]:
    """When each source was changed last; -1 for one that is gone."""
    found = {source.path: Path(source.path) for source in sources}
    changed = {name: path.stat().st_mtime_ns if path.exists() else -1 for name, path in found.items()}
    return tuple(changed[source.path] for source in sources)


def _require_space(sources: Sequence[Source], home: Path) -> None:
    needed = _SPARE + sum(source.size * (_PACKED_GROWTH if source.packed and not source.member else 1)
                          for source in sources)
    free = shutil.disk_usage(home).free
    if free < needed:
        raise UserError("disk_full", path=home, needed=f"{needed / 1e9:,.1f}", free=f"{free / 1e9:,.1f}")


def _built(plan: Plan, work: Path, executor: Executor | None, watch: Watch) -> Path:
    """The store of a plan, not yet published."""
    hashed: list[Future[File]] = []
    meter = build_shards(plan, work, executor, watch, lambda: hashed.extend(
        executor.submit(_hashed, source) for source in plan.sources))
    meter.merge()
    runs = [work / name_of(shard.number) for shard in plan.shards]
    if executor is None:
        return build_store(runs, [_hashed(source, meter) for source in plan.sources], work / "store")
    spans, names = plain_spans(runs), [source.name for source in plan.sources]
    merged = merge_spans((runs, spans), work / "store", executor, meter) if spans else None
    given = (arranged, merged, names) if merged else (merged_and_arranged, runs, work / "store", names)
    manifest = result_of(executor.submit(*given), meter)  # meanwhile other workers hash
    return described(work / "store", manifest, results_of(hashed, meter))


def _hashed(source: Source, meter: Meter | None = None) -> File:
    with opened(Path(source.path), source.member) as handle:
        found = sha256_of(handle, meter.look if meter else None)
        return File(source.name, handle.read_bytes, found)


def _publish(made: Path, home: Path, paths: Sequence[Path]) -> Store:
    """The built store under its own name, then named by the pointer; then older stores and the work go, nothing else:
    the folder may hold a person's own files."""
    _require_something(Store.open(made).manifest, made.parent, paths)
    name = fingerprint(made)
    try:
        Store.open(home / name)
    except UserError:
        sync(made)
        place(made, home / name)
    write_atomic(home / POINTER, msgspec.json.encode(Pointer(name)) + b"\n")
    for folder in (home.parent, home.parent.parent):
        sync_folder(folder)
    for other in home.iterdir():
        if other.is_dir() and _STORE_NAME.fullmatch(other.name) and other.name != name:
            shutil.rmtree(other)
    clear(home / WORK)
    return Store.open(home / name)


def _require_something(found: Manifest, work: Path, paths: Sequence[Path]) -> None:
    """UserError, and nothing published, where no line gave a tweet."""
    if found.tweets or found.exported_gaps:
        return
    clear(work)
    path = ", ".join(map(str, paths))
    if not found.refused_lines:
        raise UserError("nothing_inside", path=path)
    first = found.refused_lines[0]
    raise UserError("all_refused", path=path, refused=f"{found.refused:,}", line=f"{first.line:,}", file=first.file,
                    reason=f"@tweet_readers.{first.reason}")

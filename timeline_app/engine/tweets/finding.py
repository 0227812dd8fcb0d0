"""Which files at a path are sources of tweets, and why the others are not: by their first bytes, never by a name.

Of a personal archive only the files of tweets are ever opened, also where it lies unpacked in a folder; what is left
out is said. Nothing is read here but the beginning of each file.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from timeline_app.base.problems import Problem, UserError
from timeline_app.engine.tweets import id_form, zipped
from timeline_app.engine.tweets.id_form import IdForm
from timeline_app.engine.tweets.lines import Stream, is_packed
from timeline_app.engine.tweets.readers import archive
from timeline_app.engine.tweets.readers.reading import is_divisible
from timeline_app.engine.tweets.readers.sniff import Shape, sniff
from timeline_app.engine.tweets.source import Source, head_of, opened
from timeline_app.engine.tweets.withdrawn import NAME as WITHDRAWN

MOST_FILES, POINTER = 100_000, "collection.json"
_PACKAGE = "datapackage.json"
_ARCHIVE = re.compile(r"(?:.*/)?data/manifest\.js")  # every personal archive has it


class Pointer(msgspec.Struct, frozen=True):
    """What `collection.json` says: which store of a collection is the one that counts."""

    store: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file, or a member of an archive, that may be a source; `name` is what will be said of it."""

    path: Path
    name: str
    size: int
    member: str = ""


def recognise(path: Path) -> bool:
    """Whether there are tweets, or a file of which can be said why it holds none: a list of persons, of counts..."""
    if path.is_dir():
        return not (path / _PACKAGE).exists() and any(isinstance(_source(one), Source) for one in candidates(path)[0])
    if not path.is_file():
        return False
    if not zipped.is_zip(head_of(path, size=4)[0]):
        found = _source(Candidate(path, path.name, path.stat().st_size))
        return isinstance(found, Source) or found != "unknown"
    names = zipped.members(path)
    is_package = any(name.split("/")[-1] == _PACKAGE and name.count("/") < 2 for name in names)
    return not is_package and any(isinstance(_source(one), Source) for one in candidates(path)[0])


def sources_of(paths: Sequence[Path], check: Callable[[], None] | None = None
               ) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """The sources at the paths in a fixed order, and a problem for each file that is none; UserError if all are.
    `check` is called between files and may raise."""
    sources: list[Source] = []
    problems: list[Problem] = []
    refusals: list[tuple[str, str]] = []
    for path in paths:
        if not path.exists():
            raise UserError("not_found", path=path)
        found, passed = candidates(path)
        judged = []
        for one in found:
            judged.append((one, _source(one)))
            if check:
                check()
        taken = [one for _, one in judged if isinstance(one, Source)]
        if passed and taken:
            problems.append(Problem("warning", "private_files", path.name, args=(("n", f"{passed:,}"),)))
        sources += taken
        refusals += [(one.name, reason) for one, reason in judged if isinstance(reason, str)]
    refusals = _without_accounts(refusals, {source.name for source in sources})
    problems += [Problem("warning", "no_tweets", name, args=(("reason", f"@tweet_readers.{reason}"),))
                 for name, reason in refusals]
    if not sources:
        reason = refusals[0][1] if len(refusals) == 1 else "none_of_many"
        raise UserError("no_tweets", path=", ".join(map(str, paths)), reason=f"@tweet_readers.{reason}")
    return _each_once(sources), tuple(problems)


def _each_once(sources: list[Source]) -> tuple[Source, ...]:
    """Every file once, and where two are called the same, with the folder that they lie in."""
    found = {(one.path, one.member): one for one in reversed(sources)}
    kept = [one for one in sources if found.get((one.path, one.member)) is one]
    named = Counter(one.name for one in kept)
    return tuple(one if named[one.name] == 1 else msgspec.structs.replace(
        one, name=f"{Path(one.path).parent.name}/{one.name}") for one in kept)


def _without_accounts(refusals: list[tuple[str, str]], taken: set[str]) -> list[tuple[str, str]]:
    """The refusals without the lists of persons that academictwitteR writes beside each file of tweets."""
    return [(name, reason) for name, reason in refusals
            if reason != "users" or name.replace("users_", "data_") == name or name.replace("users_", "data_")
            not in taken]


def candidates(path: Path) -> tuple[list[Candidate], int]:
    """The files that may be opened, in a fixed order; and how many of a personal archive may not."""
    if path.is_dir():
        found = [Candidate(file, file.relative_to(path).as_posix(), file.stat().st_size) for file in files(path)]
        found, passed = _open_to_all(found)
        found = [inner for one in found for inner in _within(one)]
        return found, passed
    return _within_archive(Candidate(path, path.name, path.stat().st_size))


def _within(one: Candidate) -> list[Candidate]:
    return _within_archive(one)[0]


def _within_archive(one: Candidate) -> tuple[list[Candidate], int]:
    """The members of an archive that may be read; of any other file, itself."""
    if not zipped.is_zip(head_of(one.path, size=4)[0]):
        return [one], 0
    inner = [Candidate(one.path, f"{one.name}/{name}", size, name) for name, size in zipped.members(one.path).items()]
    found, passed = _open_to_all(inner)
    zipped.check_sizes(one.path, {each.member for each in found})
    return found, passed


def _open_to_all(found: list[Candidate]) -> tuple[list[Candidate], int]:
    """All files, but of a personal archive only those that hold tweets; and how many were left out."""
    roots = {one.name.rpartition("data/")[0] for one in found
             if archive.is_tweet_file(one.name) or _ARCHIVE.fullmatch(one.name)}
    if not roots:
        return found, 0
    open_to_all = [one for one in found
                   if archive.is_tweet_file(one.name) or not any(one.name.startswith(root) for root in roots)]
    return open_to_all, len(found) - len(open_to_all)


def files(path: Path) -> Iterator[Path]:
    """The regular files below a folder in a fixed order, without hidden ones, links, what an import has made, and the
    list of withdrawn tweets; a file itself."""
    if not path.is_dir():
        yield path
        return
    found: list[Path] = []
    for folder, below, named in os.walk(path):
        here = Path(folder)
        below[:] = [name for name in below if not name.startswith(".") and not _is_built(here / name)]
        found += [here / name for name in named if not name.startswith(".") and name != WITHDRAWN]
        if len(found) > MOST_FILES:
            raise UserError("too_many_files", path=path, limit=f"{MOST_FILES:,}")
    yield from (file for file in sorted(found) if file.is_file() and not file.is_symlink())


def size_of(paths: Sequence[Path]) -> int:
    """Bytes of all files at the paths."""
    return sum(file.stat().st_size for path in paths if path.exists() for file in files(path))


def _is_built(folder: Path) -> bool:
    """Whether an import has made this folder: what it holds are no sources."""
    with suppress(OSError, msgspec.MsgspecError):
        return bool(msgspec.json.decode((folder / POINTER).read_bytes(), type=Pointer).store)
    return False


def _source(one: Candidate) -> Source | str:
    """The source, or the reason why it is none."""
    begin, head = head_of(one.path, one.member)
    if zipped.is_zip(begin):
        return "nested_archive"
    form = _form(head)
    if isinstance(form, str):
        return "broken_file" if (one.member or is_packed(begin)) and _is_broken(one, len(head)) else form
    divisible = isinstance(form, IdForm) or is_divisible(form)
    if isinstance(form, Shape) and form.kind == "columns" and (one.member or is_packed(begin)):
        return "packed_columns"
    packed = bool(one.member) or is_packed(begin) or not divisible
    return Source(str(one.path.resolve()), one.name, one.size, form, packed, one.member)


def _is_broken(one: Candidate, size: int) -> bool:
    """Whether a packed file is damaged right behind its first bytes, so that they say too little."""
    with opened(one.path, one.member) as handle:
        stream = Stream(handle)
        return len(stream.read(size + 1)) <= size and stream.fault == "broken_file"


def _form(head: bytes) -> IdForm | Shape | str:
    shape = sniff(head)
    if shape.kind == "ids":
        found = id_form.recognise(head)
        return found if isinstance(found, IdForm) else "unknown"
    return shape if shape.kind else shape.refusal

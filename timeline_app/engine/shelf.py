"""What a kiosk shows, and what it showed before: a folder of bundles named by their content, and a pointer to one.

A new bundle is copied, compared with its hash, checked and looked at before the pointer names it. The pointer is
replaced as a whole, so that whatever happens on the way, what was shown before is still shown.
"""
from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import BinaryIO

from timeline_app.base import append_only
from timeline_app.base.bundle import FILE_LIMIT
from timeline_app.base.problems import UserError, counts
from timeline_app.base.safe_io import CAREFUL, MEGABYTE, NO_LINK, open_regular, read_regular, sync_folder, write_atomic
from timeline_app.engine import build, checksum
from timeline_app.engine.check import check

POINTER, COMING, LOCK = "shelf.json", ".coming-", ".lock"
LIMIT = FILE_LIMIT
CHUNK = 1_000_000
SPARE = 16 * MEGABYTE  # what stays free on the disk: logs and the pointer need some
_POINTER_LIMIT = 4_096
_NAME = re.compile(r"[0-9a-f]{16}\.zip")
_LEFTOVER = re.compile(rf"{re.escape(COMING)}[0-9a-f]+\.zip|\.{re.escape(POINTER)}\.[0-9a-f]+")
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
Look = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Placed:
    """What is shown after an update, and what was shown before, if anything was."""

    path: Path
    previous: Path | None


@dataclass(frozen=True, slots=True)
class _Pointer:
    """The names of three bundles, "" for none: what is shown, what was shown before, what is known to run well."""

    current: str = ""
    previous: str = ""
    good: str = ""


def is_shelf(path: str | Path) -> bool:
    """Whether this is a folder of bundles, also where its pointer is gone."""
    place = Path(path)
    return place.is_dir() and (os.path.lexists(place / POINTER) or any(_bundles(place)))


def current(shelf: Path) -> Path:
    """The bundle to show. Where the pointer or the bundle is damaged it is the one known to run well, the previous one,
    or the newest that is whole; UserError where there is none."""
    return shelf / _known(shelf).current


def previous(shelf: Path) -> Path | None:
    """The bundle that was shown before, None where there was none or it is damaged."""
    name = _known(shelf).previous
    return shelf / name if name else None


def names_previous(shelf: Path) -> bool:
    """Whether the pointer names a bundle that was shown before, without reading it: cheap enough for any thread."""
    name = _said(shelf).previous
    return bool(name) and (shelf / name).is_file()


def good(shelf: Path) -> Path:
    """The bundle that is known to run well; where none is, the previous one, then the current one."""
    known = _known(shelf)
    return shelf / (known.good or known.previous or known.current)


def mark_good(shelf: Path, path: Path) -> bool:
    """Remember that a bundle on the shelf runs well; False where that cannot be kept, which disturbs nobody."""
    try:
        with _held(shelf):
            known = _known(shelf)
            if path.name not in (known.current, known.previous):
                return False
            if known.good != path.name:
                _point(shelf, replace(known, good=path.name))
    except (OSError, UserError):
        return False
    return True


def roll_back(shelf: Path) -> Path:
    """Show what was shown before, and keep what is shown now as the previous one; UserError where there is none.
    Who goes back from a bundle no longer holds it for good."""
    try:
        with _held(shelf):
            known = _known(shelf)
            if not known.previous:
                raise UserError("no_previous", path=shelf)
            kept = known.previous if known.good in ("", known.current) else known.good
            _point(shelf, _Pointer(known.previous, known.current, kept))
    except OSError as error:
        raise UserError("cannot_write", name=shelf, reason=error.strerror or str(error)) from None
    return shelf / known.previous


def put(bundle: Path, shelf: Path, look: Look | None = None) -> Placed:
    """Take a bundle, as from a stick, onto the shelf, and show it from now on. `look` is called with the copy, and
    draws what a visitor will see. UserError where anything is wrong: then the shelf shows what it showed before."""
    digest = checksum.read(bundle)
    try:
        _make(shelf)
        with _coming(shelf) as out:
            copy = Path(out.name)
            _copy(bundle, out, digest)
            _examine(copy, bundle.name, look)
            return _publish(out, shelf, f"{digest[:16]}.zip")
    except OSError as error:
        if error.errno in _FULL:
            raise _no_room(bundle, shelf) from None
        raise UserError("cannot_write", name=shelf, reason=error.strerror or str(error)) from None


def _make(shelf: Path) -> None:
    """The folder, made where it is missing; one with anything else in it is not taken for a shelf."""
    if not os.path.lexists(shelf):
        shelf.mkdir(parents=True)
        sync_folder(shelf.parent)
    if not is_shelf(shelf) and not (shelf.is_dir() and all(
            one == LOCK or _LEFTOVER.fullmatch(one) for one in os.listdir(shelf))):
        raise UserError("not_a_shelf", path=shelf)


@contextlib.contextmanager
def _held(shelf: Path) -> Iterator[None]:
    """The shelf for oneself, for as long as a name is given or the pointer written. Whoever may read can hold it: staff
    and the kiosk are perhaps two users."""
    handle = os.open(shelf / LOCK, os.O_RDONLY | os.O_CREAT | CAREFUL | NO_LINK, 0o644)
    try:
        with append_only.lock(handle, shelf):
            yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def _coming(shelf: Path) -> Iterator[BinaryIO]:
    """A new file on the shelf, which goes unless it got a name; what an earlier update left goes before it."""
    with _held(shelf):
        _tidy(shelf)
        path = shelf / f"{COMING}{secrets.token_hex(6)}.zip"
        out = open(path, "xb")  # noqa: SIM115  (it is closed below, and earlier where it gets a name)
        append_only.try_lock(out.fileno())  # says that somebody is still at it
    try:
        yield out
    finally:
        with contextlib.suppress(OSError):
            out.close()
        path.unlink(missing_ok=True)


def _copy(bundle: Path, out: BinaryIO, digest: str) -> None:
    """The bytes of a bundle, synced, if they are those of its hash."""
    found, size = hashlib.sha256(), 0
    with open_regular(bundle) as source:
        expected = os.fstat(source.fileno()).st_size
        if expected + SPARE > shutil.disk_usage(Path(out.name).parent).free:
            raise _no_room(bundle, Path(out.name).parent)
        while data := _read(source, bundle):
            size += len(data)
            if max(size, expected) > LIMIT:
                raise UserError("too_large", path=bundle, limit=f"{LIMIT / MEGABYTE:,.0f}")
            found.update(data)
            out.write(data)
    if size < expected:
        raise UserError("stick_lost", name=bundle.name)
    if found.hexdigest() != digest:
        raise UserError("checksum_differs", name=bundle.name)
    out.flush()
    os.fsync(out.fileno())


def _read(source: BinaryIO, bundle: Path) -> bytes:
    try:
        return source.read(CHUNK)
    except OSError:
        raise UserError("stick_lost", name=bundle.name) from None


def _no_room(bundle: Path, shelf: Path) -> UserError:
    try:
        needed, free = os.stat(bundle).st_size + SPARE, shutil.disk_usage(shelf).free
    except OSError:
        return UserError("stick_lost", name=bundle.name)
    return UserError("shelf_full", name=bundle.name, needed=f"{needed / MEGABYTE:,.0f}", free=f"{free / MEGABYTE:,.0f}")


def _examine(copy: Path, name: str, look: Look | None) -> None:
    """UserError unless a copy is a faultless build for a kiosk that can be shown."""
    if build.built_for(copy) != "kiosk":
        raise UserError("not_for_kiosk", name=name)
    try:
        errors = counts(check(copy))["error"]
        if errors:
            raise UserError("bundle_has_errors", name=name, count=f"{errors:,}")
        if look is not None:
            look(copy)
    except UserError as error:  # staff know the bundle by the name that it has on the stick
        told = {key: name if value == str(copy) else value for key, value in error.arguments.items()}
        raise UserError(error.code, **told) from None
    except Exception as error:  # a bug that a new bundle wakes must not reach the visitors
        raise UserError("bundle_not_shown", name=name, reason=type(error).__name__) from error


def _publish(out: BinaryIO, shelf: Path, name: str) -> Placed:
    """Give a copy its name, and let the pointer name it; then what is neither shown nor kept goes."""
    with _held(shelf):
        before = _pointed(shelf)
        out.close()  # Windows renames no open file
        os.replace(out.name, shelf / name)
        sync_folder(shelf)
        last = before.previous if before.current == name else before.current
        _point(shelf, _Pointer(name, last, before.good))
    return Placed(shelf / name, shelf / last if last else None)


def _point(shelf: Path, pointer: _Pointer) -> None:
    write_atomic(shelf / POINTER, (json.dumps(asdict(pointer), indent=1) + "\n").encode())
    _tidy(shelf)


def _tidy(shelf: Path) -> None:
    """Remove what nobody names and nobody writes any more. To be called while the shelf is held."""
    known = _pointed(shelf)
    old = [one for one in _bundles(shelf) if one not in (known.current, known.previous, known.good)]
    for name in [*old, *(one for one in os.listdir(shelf) if _LEFTOVER.fullmatch(one) and _is_left(shelf / one))]:
        with contextlib.suppress(OSError):
            os.unlink(shelf / name)


def _is_left(path: Path) -> bool:
    """Whether nobody writes a file any more."""
    try:
        with open_regular(path) as file:
            return append_only.try_lock(file.fileno())
    except UserError:  # a link or a device is nobody's copy
        return True


def _known(shelf: Path) -> _Pointer:
    found = _pointed(shelf)
    if not found.current:
        raise UserError("shelf_empty", path=shelf)
    return found


def _pointed(shelf: Path) -> _Pointer:
    """What the pointer names, without what is damaged; where it is damaged itself, the two newest bundles."""
    said = _said(shelf)
    whole = {name for name in {said.current, said.previous, said.good} - {""} if _is_whole(shelf / name)}
    kept = [one for one in (said.current, said.good, said.previous) if one in whole]
    if not kept:
        newest = [name for name in _bundles(shelf) if _is_whole(shelf / name)][:2]
        return _Pointer(*newest)
    last = said.previous if said.previous in whole and said.previous != kept[0] else ""
    return _Pointer(kept[0], last, said.good if said.good in whole else "")


def _said(shelf: Path) -> _Pointer:
    """The pointer as it stands; an empty one where it is missing, damaged, or names what is no name of a bundle."""
    try:
        found = json.loads(read_regular(shelf / POINTER, _POINTER_LIMIT))
        names = [found.get(one, "") for one in ("current", "previous", "good")]
    except (UserError, ValueError, AttributeError, RecursionError):
        return _Pointer()
    return _Pointer(*(one if isinstance(one, str) and _NAME.fullmatch(one) else "" for one in names))


def _bundles(shelf: Path) -> list[str]:
    """The names of all bundles on a shelf, the newest first."""
    try:
        found = [(one.stat(follow_symlinks=False).st_mtime_ns, one.name)
                 for one in os.scandir(shelf) if _NAME.fullmatch(one.name)]
    except OSError:
        return []
    return [name for _, name in sorted(found, reverse=True)]


def _is_whole(path: Path) -> bool:
    """Whether a bundle has the bytes that it is named by. A link is none."""
    found = hashlib.sha256()
    try:
        with open_regular(path) as file:
            while data := file.read(CHUNK):
                found.update(data)
    except (UserError, OSError):
        return False
    return f"{found.hexdigest()[:16]}.zip" == path.name

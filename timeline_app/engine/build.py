"""An audience's dataset as a package on the disk: the same files, without the rows that the audience does not get, and
with every text through the mask. What is written is opened again, checked and searched before it has its name.

Which rows an audience gets is `audience`; nothing here decides it.
"""
from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from timeline_app.base.bundle import Bundle, open_bundle
from timeline_app.base.problems import UserError
from timeline_app.base.safe_io import readable, write_atomic
from timeline_app.engine import checksum, importers, story_file
from timeline_app.engine.audience import (
    ADDRESSES,
    KEYS,
    Cleaner,
    Policy,
    for_audience,
    keeps_claim,
    keeps_post,
    keeps_question,
    keeps_quote,
    mask_for,
    policy_of,
    shows_violence,
)
from timeline_app.engine.dataset import Dataset, locate
from timeline_app.engine.importers.package import MANIFEST, MANIFEST_LIMIT
from timeline_app.engine.privacy import HANDLE, account_problems
from timeline_app.engine.tables import read_table

FOR = ("kiosk", "classroom", "publish")
STORIES, TEXTS, TABLES = "stories/", (".md", ".txt"), ("events", "questions", "claims", "derived", "quotes", "posts")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_PLAIN = frozenset({"LICENSE", "LICENCE"})
# Members of JSON whose values are keys or machine words, beside those that records have.
_JSON_KEYS = KEYS | {"path", "format", "mediatype", "encoding", "series", "select", "ids", "lanes", "view", "licenses",
                     "data", "start", "end", "at", "zone", "span", "opening_view", "profile", "$schema", "version",
                     "created", "schema", "handle", "class", "covered", "overview", "languages"}
_DEEPER = frozenset({"lanes", "view", "data", "opening_view", "schema", "covered", "overview", "select", "span"})


@dataclass(frozen=True, slots=True)
class Built:
    """What was written: for whom, how many bytes, and how much was left out, by reason; for a kiosk also the name of
    the file with its hash."""

    audience: str
    size: int
    left_out: tuple[tuple[str, int], ...]
    checksum: str = ""


@dataclass(frozen=True)
class _Work:
    """What one build needs to know."""

    dataset: Dataset
    audience: str
    policy: Policy
    cleaner: Cleaner
    counts: Counter[str]


def build(path: str | Path, audience: str, output: Path, keeps_awaiting: bool = False) -> Built:
    """Write the dataset at a path as a zip for an audience, without translations that await readers unless they are to
    be kept. UserError where it is no package, the audience is none, or
    something that was to be left out would be in the zip: then nothing is written."""
    place = locate(path)
    if audience not in FOR:
        raise UserError("unknown_audience", name=audience, known=", ".join(FOR))
    if not importers.package.recognise(place):
        raise UserError("not_a_package", path=place)
    dataset = importers.read(place, None).dataset
    policy = policy_of(audience, keeps_awaiting)
    left = dataset.meta.awaiting_readers if not policy.has_awaiting else frozenset()
    cleaner = Cleaner(mask_for(dataset.meta, policy), dataset.meta.languages, left)
    work = _Work(dataset, audience, policy, cleaner, Counter())
    with open_bundle(place) as bundle:
        files = _files(bundle, work)
    _search(files, work)
    data = _zipped(files)
    beside = ""
    try:
        write_atomic(output, data)
        if audience == "kiosk":  # it travels on a stick, and the kiosk takes nothing that came damaged
            beside = checksum.write(output, hashlib.sha256(data).hexdigest()).name
    except OSError as error:
        raise UserError("cannot_write", name=output.name, reason=error.strerror or str(error)) from None
    return Built(audience, len(data), tuple(sorted(work.counts.items())), beside)


def built_for(place: Path) -> str:
    """The audience that a package was built for; "" for one that was not built, or is none."""
    try:
        with open_bundle(place) as bundle:
            timeline = json.loads(readable(bundle.read(MANIFEST, MANIFEST_LIMIT), MANIFEST)[0])["timeline"]
        return str(timeline["built"]["for"])
    except (UserError, ValueError, LookupError, TypeError, RecursionError):
        return ""


def _files(bundle: Bundle, work: _Work) -> dict[str, bytes]:
    manifest = json.loads(readable(bundle.read(MANIFEST), MANIFEST)[0])
    listed = {one.get("path", ""): one.get("name", "") for one in manifest.get("resources", ())}
    made: dict[str, bytes] = {}
    digest = hashlib.sha256()
    for name in bundle.names():
        if name == MANIFEST:
            digest.update(bundle.read(name))
            continue
        maker = _maker(name, listed)
        if maker is None:
            work.counts["file"] += 1
            continue
        data = bundle.read(name)
        digest.update(name.encode() + b"\0" + data)
        made[name] = maker(name, data, work)
        if not made[name] and maker is _story:
            del made[name]
            work.counts["file"] += 1
    made[MANIFEST] = _manifest(manifest, digest.hexdigest(), made, work)
    return made


def _maker(name: str, listed: dict[str, str]) -> Callable[[str, bytes, _Work], bytes] | None:
    """How a file is made; None for one that an audience does not get: notes, tweets, what nobody lists."""
    if name.startswith("tweets/") or name == "notes.jsonl" or listed.get(name) == "notes":
        return None
    if name.endswith(".json"):
        return _story if name.startswith(STORIES) else _json if name in listed else None
    if name.endswith(".csv") and name in listed:
        return _table if listed[name] in TABLES or name.removesuffix(".csv") in TABLES else _counts
    if name.endswith(TEXTS) or name.rsplit("/", 1)[-1] in _PLAIN:
        return _text
    return None


def _counts(name: str, data: bytes, work: _Work) -> bytes:
    """A counted series: as it is, unless one of its excerpts tells what is hidden."""
    text = readable(data, name)[0]
    return data if work.cleaner.text(text) == text else _table(name, data, work)


def _text(name: str, data: bytes, work: _Work) -> bytes:
    return work.cleaner.text(readable(data, name)[0]).encode()


def _story(name: str, data: bytes, work: _Work) -> bytes:
    """A story as the audience's dataset has it: with the hash of the data that the audience gets."""
    told = for_audience(work.dataset, work.audience, work.policy.has_awaiting)
    found = next((one for one in told.stories if one.file == name), None)
    return story_file.written(found, told.meta.languages) if found is not None else b""


def _json(name: str, data: bytes, work: _Work) -> bytes:
    cleaned = _cleaned(json.loads(readable(data, name)[0]), work, "")
    violent = shows_violence(work.dataset)
    for one in cleaned if isinstance(cleaned, list) else ():
        if isinstance(one, dict) and str(one.get("id")) in violent:
            for part in (one, one.get("original"), one.get("seen_as")):
                for address in ADDRESSES & part.keys() if isinstance(part, dict) else ():
                    del part[address]
            work.counts["address"] += 1
    return _written(cleaned)


def _written(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _cleaned(value: Any, work: _Work, member: str) -> Any:
    """A value of JSON with its words cleaned. A text by language is a mapping of codes."""
    if isinstance(value, str):
        if member in ("URL", "url", "DOI", "path"):
            return work.cleaner.address(value) if member != "path" else value
        return work.cleaner.mask.of(value, member) if member in work.dataset.meta.languages else (
            value if member in _JSON_KEYS else work.cleaner.text(value))
    if isinstance(value, list):
        return [_cleaned(one, work, member) for one in value]
    if not isinstance(value, dict):
        return value
    return {name: one if name in _JSON_KEYS and name not in _DEEPER and not isinstance(one, dict)
            else _cleaned(one, work, name)
            for name, one in value.items() if name not in work.cleaner.without}


def _manifest(manifest: dict, digest: str, made: dict[str, bytes], work: _Work) -> bytes:
    """The manifest of the build: without masked tags and files that are not there, with what it was built for."""
    timeline = dict(manifest.get("timeline", {}))
    masked = timeline.pop("masked_tags", []) if work.policy.masks_tags else None
    if masked:
        work.counts["masked_tag"] += len(masked)
    accounts = timeline.pop("public_accounts", None)
    if not work.policy.has_awaiting:
        timeline["languages"] = [one for one in timeline.get("languages", []) if one not in work.cleaner.without]
        work.counts["translation"] += len(work.cleaner.without)
    cleaned = _cleaned({**manifest, "timeline": timeline}, work, "")
    cleaned["resources"] = [one for one in cleaned.get("resources", []) if one.get("path") in made]
    if accounts is not None:
        cleaned["timeline"]["public_accounts"] = accounts
    counts = {reason: number for reason, number in sorted(work.counts.items()) if number}
    cleaned["timeline"]["built"] = {"for": work.audience, "from": f"sha256:{digest}", "left_out": counts}
    return _written(cleaned)


def _table(name: str, data: bytes, work: _Work) -> bytes:
    table = read_table(data, name, [])
    kept = _kept_rows(name.removesuffix(".csv").rsplit("/", 1)[-1], work)
    languages, out = work.dataset.meta.languages, io.StringIO()
    without = work.cleaner.without
    columns = [one for one in table.header.columns if "." not in one or one.rpartition(".")[2] not in without]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in table.rows:
        reason = kept(row)
        if reason:
            work.counts[reason] += 1
        else:
            writer.writerow([_cell(row.text(one), one, work, languages) for one in columns])
    return out.getvalue().encode()


def _cell(text: str, column: str, work: _Work, languages: tuple[str, ...]) -> str:
    plain, _, language = column.rpartition(".")
    if column in KEYS or plain in KEYS or column == "post":
        return text
    if column == "answer":
        return work.cleaner.answer(text)
    if column == "hashtags":
        return "|".join(work.cleaner.mask.of(one, languages[0]) for one in text.split("|")) if text else text
    return work.cleaner.mask.of(text, language if plain and language in languages else (languages or ("",))[0])


def _kept_rows(table: str, work: _Work) -> Callable[[Any], str]:
    """Why a row is left out, or "" where it is kept; by the records that were read, so that both agree."""
    dataset, policy = work.dataset, work.policy
    if table == "claims":
        gone = {one.id for one in dataset.claims if not keeps_claim(one, policy)}
        return lambda row: "recollection" if row.text("id") in gone else ""
    if table == "questions":
        stay = {(one.event_id, one.name) for one in dataset.questions if keeps_question(one, dataset, policy)}
        return lambda row: "" if (row.text("event_id"), row.text("question")) in stay else "question"
    if table == "quotes":
        gone = {one.id for one in dataset.quotes if not keeps_quote(one, policy)}
        return lambda row: "quotation" if row.text("id") in gone else ""
    if table == "posts":
        kept = {str(one.post_id) for one in dataset.posts if keeps_post(one)}
        return lambda row: "" if row.text("post").removeprefix("id:") in kept else "post"
    return lambda row: ""


def _search(files: dict[str, bytes], work: _Work) -> None:
    """The last look at all bytes: nothing that was left out may stand anywhere, plain or escaped."""
    policy, dataset = work.policy, work.dataset
    gone = [one.text for one in dataset.quotes if not keeps_quote(one, policy)]
    gone += [text for one in dataset.claims if not keeps_claim(one, policy) for text in one.text.all()]
    wanted = [one for one in gone if len(one) > 20]
    named = _named_by_keys(dataset)
    private = next(account_problems(files, dataset.meta.accounts), None)
    if private is not None:
        raise UserError("build_leaks", file=private.file)
    for name, data in files.items():
        text = data.decode("utf-8", "replace")
        readings = (text, json.dumps(text, ensure_ascii=False))
        if any(one in reading for one in _readings(wanted) for reading in readings):
            raise UserError("build_leaks", file=name)
        if named and named.search(text.casefold()) or policy.masks_tags and _shows_tag(text, work):
            raise UserError("build_leaks", file=name)


def _named_by_keys(dataset: Dataset) -> re.Pattern[str] | None:
    """Private accounts whose handle is a key of the vocabulary: a key stays as it is, so it must not be one."""
    found = {key.casefold() for (table, key), said in dataset.meta.names.items() if table == "vocabulary"
             for text in said.all() for name in HANDLE.findall(text) if name.casefold() == key.casefold()}
    private = sorted(found - dataset.meta.accounts)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, private))})(?!\w)") if private else None


def _readings(texts: Iterable[str]) -> Iterable[str]:
    """A text as it stands, and as JSON and CSV write it."""
    for text in texts:
        yield from {text, json.dumps(text, ensure_ascii=False)[1:-1], text.replace('"', '""')}


def _shows_tag(text: str, work: _Work) -> bool:
    """Whether a masked tag stands in a text with its sign, plain or escaped: keys that only the code reads have
    none."""
    signs = [f"#{tag.removeprefix('#')}".casefold() for tag in work.dataset.meta.masked_tags]
    readings = [unicodedata.normalize("NFKC", one).casefold() for one in (text, unquote(unquote(text)), unescape(text))]
    return any(one in reading for one in signs for reading in readings)


def _zipped(files: dict[str, bytes]) -> bytes:
    """The same bytes for the same files, whenever and wherever."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), files[name], zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()

"""A package that holds, in every place that has words, what a visitor must not meet: handles, addresses and tags,
however they are written, and rows that an audience does not get."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from packages import Package

NAMES = ("secretfan99", "zzqhateful", "1268422690336935943", "canaria")
_NO_WIDTH = re.compile("[\u200b-\u200f\u2060\u00ad\ufeff\u202a-\u202e\u2066-\u2069]")
WRITTEN = (
    "@secretfan99 .@SecretFan99 ＠ｓｅｃｒｅｔfan99 @secret\u200bfan99 @se\u0301cretfan99 @\u0301secretfan99 "
    "@secretf\u0430n99 https://twitter.com/SECRETFAN99/status/1268422690336935943 "
    "１２６８４２２６９０３３６９３５９４３ "
    "#ZzqHateful ＃ｚｚｑhateful zzq\u200bhateful #\u0301zzqhateful #zzqh\u00e1teful "
    "\u202e#ZZQHATEFUL\u202c #zzqh\u0430teful")
WITHHELD = "a sentence by canaria that nobody is to read in a gallery"
WORDS = {"en": f"Planted {WRITTEN}", "ko": f"심은 글 {WRITTEN}를"}
_TEXTS = {"events": ("title", "place", "label", "summary", "note"), "claims": ("text", "excerpt"),
          "questions": ("label",), "derived": ("text",), "quotes": ("text", "speaker", "locator"), "posts": ("basis",)}


def plant(package: Package) -> Path:
    """Write the package with everything planted, a story with a part for kiosks, and notes."""
    for table, columns in _TEXTS.items():
        for row in package.tables[table]:
            row |= {name: f"{row.get(name, '')} {WORDS['en']}" for name in columns}
            row |= {f"{name}.ko": WORDS["ko"] for name in columns if table not in ("quotes", "posts")}
    package.tables["events"][0] |= {"hashtags": "ZzqHateful|Fine", "actors": "@secretfan99", "remark": WRITTEN}
    package.tables["events"][1]["content_flags"] = "hateful_tag"
    _withheld(package)
    package.sources[0] |= {"title": WRITTEN, "container-title": WRITTEN, "note": WRITTEN,
                           "author": [{"family": WRITTEN}], "URL": "https://x.com/secretfan99/status/1268422690336935943"}
    package.series |= {"title": WORDS, "short": WORDS["en"], "who": WORDS}
    for one in package.series["categories"]:
        one["label"] = WORDS
    package.top |= {"title": WRITTEN, "description": WRITTEN}
    package.timeline |= {"titles": WORDS, "vocabulary": {"fans": WORDS},
                         "subjects": {"portal": {**WORDS, "note": WORDS}}}
    package.timeline["masked_tags"] = [{"tag": "ZzqHateful", "reason": WORDS, "signed_by": WRITTEN}]
    for lane in package.timeline["lanes"]:
        lane["title"] = WORDS
    package.timeline["lanes"][-1]["annotations"][0]["text"] = WORDS
    folder = package.write()
    (folder / "stories").mkdir()
    (folder / "stories" / "s.json").write_text(json.dumps(_story()))
    (folder / "notes.jsonl").write_text(json.dumps({"id": "n1", "start": "2020-06-01", "text": WITHHELD}) + "\n")
    return folder


def _withheld(package: Package) -> None:
    """Rows that an audience does not get at all."""
    quote, claim, post = (package.tables[name][0] for name in ("quotes", "claims", "posts"))
    package.tables["quotes"].append({**quote, "id": "q-2", "text": WITHHELD, "speaker": "canaria", "flags": "minor"})
    package.tables["claims"].append({**claim, "id": "c-9", "text": WITHHELD, "text.ko": WITHHELD, "source_id": "",
                                     "evidence": "recollection"})
    package.tables["posts"].append({**post, "post": "", "utc": "2020-06-01T10:00Z", "basis": WITHHELD})


def _story() -> dict:
    view = {"start": "2020-05-30", "end": "2020-06-05"}
    step = {"headline": WORDS, "sentence": WORDS, "notes": WORDS, "footnote": WORDS, "sources": ["times"]}
    steps = [{**step, "id": f"s-{len(name)}", "view": {**view, "select": name}, "events": ["request"]}
             for name in ("request", "posts", "")]
    surge = {"series": "per-use", "start": "2020-06-02T08:00:00Z", "end": "2020-06-02T10:00:00Z", "label": WORDS,
             "counted": WORDS, "ending": WORDS}
    kiosk = {"attract": [WORDS, WORDS], "start": "2020-05-30T00:00:00Z", "end": "2020-06-05T00:00:00Z", "surge": surge}
    return {"id": "s", "title": WORDS, "summary": WORDS, "steps": steps, "kiosk": kiosk}


def found(texts: Iterable[str]) -> set[str]:
    """Which of the planted names a reader finds in some texts, however they are written there."""
    return {name for text in texts for name in NAMES if name in _read(text)}


def _read(text: str) -> str:
    plain = _NO_WIDTH.sub("", unicodedata.normalize("NFKD", text)).casefold().replace("\u0430", "a")
    return "".join(letter for letter in plain if not unicodedata.combining(letter))

"""A small data package that a test may spoil. No rules are here."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

TABLES: dict[str, list[dict[str, str]]] = {
    "events": [
        {"id": "request", "title": "Police ask for video", "title.ko": "경찰, 영상을 요청", "kind": "portal",
         "subject": "portal", "state": "open", "edtf": "2020-05-31T00:48:00-05:00", "precision": "minute",
         "earliest_start": "", "latest_start": "", "earliest_end": "", "latest_end": "",
         "timezone": "America/Chicago", "place": "Dallas", "place.ko": "댈러스", "lat": "32.7767",
         "lon": "-96.797", "actors": "Dallas Police Department", "hashtags": "BlueLivesMatter",
         "resolved_by": "", "content_flags": "violence", "source_ids": "times"},
        {"id": "posts", "title": "Fan accounts post videos", "title.ko": "팬 계정들, 영상을 올림",
         "kind": "flood", "edtf": "2020-06-01/2020-06-03", "precision": "day",
         "timezone": "America/New_York", "source_ids": "times"},
        {"id": "café", "title": "A café is asked about", "title.ko": "카페에 묻다", "kind": "other",
         "edtf": "2020-06-04", "precision": "day", "timezone": "", "source_ids": "times"},
    ],
    "questions": [
        {"event_id": "request", "question": "when", "label": "When?", "label.ko": "언제?", "unit": "EDTF",
         "exclusive": "true"},
        {"event_id": "posts", "question": "amount", "label": "How many?", "label.ko": "얼마나?",
         "unit": "tweets", "exclusive": "false"},
    ],
    "claims": [
        {"id": "c-1", "event_id": "request", "question": "when", "text": "It was at 00:48.",
         "text.ko": "00시 48분이었다.", "answer": "2020-05-31T00:48:00-05:00", "answer_timezone": "",
         "source_id": "times", "attitude": "asserts", "confidence": "high", "evidence": "document",
         "excerpt": "at 12:48 a.m."},
        {"id": "c-2", "event_id": "posts", "question": "amount", "text": "There were many.",
         "text.ko": "많았다.", "answer": ">7000 tweets", "source_id": "times", "attitude": "reports",
         "confidence": "low", "evidence": "article", "excerpt": ""},
    ],
    "derived": [
        {"event_id": "request", "question": "when", "answer": "2020-05-31", "computed_from": "times",
         "text": "From the number.", "text.ko": "번호에서 나온다."},
    ],
    "quotes": [
        {"id": "q-1", "event_id": "posts", "text": "just send videos", "speaker": "fan-1", "lang": "en",
         "speaker_position": "fan", "date_edtf": "2020-06-01", "source_id": "times", "locator": "",
         "evidence": "document", "flags": ""},
    ],
    "posts": [
        {"event_id": "request", "post": "id:1267573544747257858", "utc": "2020-06-01T21:47:38.102Z",
         "shown_precision": "minute", "role": "request", "source_id": "times", "basis": "Number printed.",
         "evidence": "document", "content_flags": ""},
    ],
}
SOURCES: list[dict[str, Any]] = [
    {"id": "times", "type": "article-newspaper", "title": "Police ask, fans answer",
     "author": [{"family": "Kim", "given": "Ji"}], "container-title": "The Times", "URL": "https://example.org/a",
     "issued": {"date-parts": [[2020, 6, 2]]}, "language": "en"},
]
COUNTS = ("start,value,use\n2020-06-02T08:00:00Z,2,original\n2020-06-02T08:00:00Z,5,hijacked\n"
          "2020-06-02T08:10:00Z,7,hijacked\n")
SERIES: dict[str, Any] = {
    "series": "per-use", "event_id": "posts", "title": {"en": "Posts by use", "ko": "쓰임별 게시물"},
    "short": "#Tag", "unit": "posts", "bin": "10min", "zone": "UTC", "source_id": "times",
    "categories": [{"key": "original", "label": {"en": "original"}, "role": "original"},
                   {"key": "hijacked", "label": {"en": "other use"}, "role": "hijacked"}],
    "covered": {"start": "2020-06-02T08:00:00Z", "end": "2020-06-03T08:00:00Z"}, "missing_bins_are_zero": True}
TIMELINE: dict[str, Any] = {
    "zone": "America/Chicago", "languages": ["en", "ko"], "titles": {"en": "A small one", "ko": "작은 것"},
    "translation_status": {"ko": "awaiting two native readers"},
    "opening_view": {"start": "2020-05-30", "end": "2020-06-05T12:00:00-05:00", "select": "request"},
    "overview": {"series": "per-use"}, "vocabulary": {"fans": {"en": "the fans", "ko": "팬들"}},
    "public_accounts": {"accounts": [{"handle": "DallasPD", "name": "Dallas Police Department"}]},
    "subjects": {"portal": {"en": "The portal", "note": {"en": "back on Monday"}}},
    "masked_tags": [{"tag": "Hateful", "reason": {"en": "It is."}, "signed_by": "the editors"}],
    "lanes": [
        {"id": "portals", "type": "portals", "title": {"en": "Portals"}, "select": {"kind": ["portal"]}},
        {"id": "floods", "title": {"en": "Floods"}, "select": {"kind": ["flood", "other"]}},
        {"id": "named", "title": {"en": "Named"}, "select": {"ids": ["café"]}},
        {"id": "use", "type": "counts", "half": "counted", "series": "per-use",
         "annotations": [{"at": "2020-06-02T03:00:00-05:00", "text": {"en": "here"}}]}]}


class Package:
    """A data package in a folder; change its parts, then `write()`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        copied = json.loads(json.dumps([TABLES, SOURCES, SERIES, TIMELINE]))
        self.tables, self.sources, self.series, self.timeline = copied
        self.counts = COUNTS
        self.top: dict[str, Any] = {"id": "0000", "name": "small", "title": "A small one"}

    def write(self) -> Path:
        """The folder with everything in it."""
        (self.folder / "counts").mkdir(parents=True, exist_ok=True)
        for name, rows in self.tables.items():
            self.put(f"{name}.csv", table(rows))
        self.put("sources.json", json.dumps(self.sources, ensure_ascii=False, indent=1))
        self.put("counts/use.csv", self.counts)
        resources = [{"name": name, "path": f"{name}.csv"} for name in self.tables]
        resources += [{"name": "sources", "path": "sources.json"},
                      {"name": "use", "path": "counts/use.csv", "timeline": self.series}]
        manifest = {**self.top, "resources": resources, "timeline": self.timeline}
        self.put("datapackage.json", json.dumps(manifest, ensure_ascii=False, indent=1))
        return self.folder

    def put(self, name: str, text: str | bytes) -> None:
        """One file, as text or as bytes."""
        (self.folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())


def table(rows: list[dict[str, str]]) -> str:
    """Rows as CSV, the columns those of the first row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.fixture
def package(tmp_path: Path) -> Package:
    """A small package without a fault."""
    return Package(tmp_path / "small")


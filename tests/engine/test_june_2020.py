"""What the tables of the bundled dataset promise, read plainly with csv and json. Its counts are not here.

One test opens it as the app does; everything else must hold for anybody who reads the files alone.
"""
from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from timeline_app.engine.dataset import open_dataset

REPOSITORY = Path(__file__).resolve().parents[2]
HERE = REPOSITORY / "resources" / "datasets" / "june-2020"
FACTS = REPOSITORY.parent / "shared" / "facts"
DISPUTES = Path(__file__).with_name("june_2020_disputes.json")
TABLES = ("events", "questions", "claims", "derived", "quotes", "posts")
AT_LEAST = {"events": 42, "questions": 131, "claims": 195, "derived": 13, "quotes": 43, "posts": 27}

JUDGED = re.compile(r"flood|took over|take over|hijack|crash|troll|\briot", re.IGNORECASE)
JUDGED_KO = re.compile("폭동|점령|장악|탈취|마비|공격|습격|도배|트롤")
NUMBER = re.compile(r"(?:[<>]=?|~)?\d+(?:\.\d+)? (?P<unit>\S.*)")
DATE_OR_DURATION = re.compile(r"[\[{]?(\.\.)?\d{4}(-|$).*|(\.\./)?PT\d.*")
HANDLE = re.compile(r"(?<![A-Za-z0-9_.])@([A-Za-z0-9_]+)")
PROFILE = re.compile(r"(?i)(?<![a-z0-9-])(?:twitter|x|instagram|tiktok|facebook)\.com/@?([a-z0-9_.]+)")

OFFICIAL_POSTS = {"1209153587395219465", "1266969685532332032", "1267236088755695618", "1267573544747257858",
                  "1268422690336935943"}
NEWSPAPER_ARTICLES = {"202005311079477351", "2020060506042161010", "1065576215498307", "20200608141322771",
                      "20210204004100320"}


def table(name: str) -> list[dict[str, str]]:
    """The rows of one CSV file of the dataset."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = {name: table(name) for name in TABLES}
MANIFEST = json.loads((HERE / "datapackage.json").read_text("utf-8"))
TIMELINE = MANIFEST["timeline"]
SOURCES = json.loads((HERE / "sources.json").read_text("utf-8"))
SERIES = {r["timeline"]["series"]: r for r in MANIFEST["resources"] if "timeline" in r}
EVENTS = {row["id"]: row for row in ROWS["events"]}
QUESTIONS = {(row["event_id"], row["question"]): row for row in ROWS["questions"]}
FILES = sorted(path for path in HERE.rglob("*") if path.is_file())


def cells(text: str) -> list[str]:
    return text.split("|") if text else []


def lane_of(event: dict[str, str]) -> list[str]:
    picks = [(lane["id"], lane["select"]) for lane in TIMELINE["lanes"] if "select" in lane]
    named = [lane for lane, pick in picks if event["id"] in pick.get("ids", ())]
    return named or [lane for lane, pick in picks if event["kind"] in pick.get("kind", ())]


@pytest.mark.parametrize("name", TABLES)
def test_that_no_row_is_lost(name):
    assert len(ROWS[name]) >= AT_LEAST[name]


def test_that_there_are_143_sources_and_eight_series():
    assert len(SOURCES) >= 143 and len(SERIES) >= 8


def test_that_every_file_is_a_resource_with_the_header_it_declares():
    declared = {r["path"]: r for r in MANIFEST["resources"]}
    assert set(declared) == {p.relative_to(HERE).as_posix() for p in FILES} - {"datapackage.json"}
    for path, resource in declared.items():
        if resource["format"] == "csv":
            header = (HERE / path).read_text("utf-8").split("\n")[0]
            assert header == ",".join(field["name"] for field in resource["schema"]["fields"])


def test_that_tables_are_plain_utf8_with_one_line_ending():
    for path in FILES:
        data = path.read_bytes()
        assert b"\r" not in data and not data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\n"), path.name


def test_that_no_id_is_used_twice():
    ids = [row["id"] for name in ("events", "claims", "quotes") for row in ROWS[name]]
    ids += [source["id"] for source in SOURCES]
    posts = [row["post"] for row in ROWS["posts"] if row["post"]]
    assert len(ids) == len(set(ids)) and len(posts) == len(set(posts)) == 5
    assert len(QUESTIONS) == len(ROWS["questions"])


def test_that_every_id_resolves():
    sources = {source["id"] for source in SOURCES}
    for name in ("claims", "derived"):
        assert all((row["event_id"], row["question"]) in QUESTIONS for row in ROWS[name])
    assert all(row["event_id"] in EVENTS for name in TABLES[1:] for row in ROWS[name])
    assert all(row["resolved_by"] in {"", *EVENTS} for row in EVENTS.values())
    cited = [row["source_id"] for name in ("claims", "quotes", "posts") for row in ROWS[name]]
    cited += [i for row in ROWS["events"] for i in cells(row["source_ids"])]
    cited += [i for row in ROWS["derived"] for i in cells(row["computed_from"])]
    cited += [i for r in SERIES.values() for i in (r["timeline"]["source_id"], *r["timeline"]["source_ids"])]
    assert set(cited) - {""} == sources


def test_that_every_claim_has_a_source_or_is_marked_as_recollection():
    assert all(bool(row["source_id"]) != (row["evidence"] == "recollection") for row in ROWS["claims"])
    assert sum(row["evidence"] == "recollection" for row in ROWS["claims"]) == 4


def test_that_every_question_is_answered_or_computed():
    answered = {(row["event_id"], row["question"]) for name in ("claims", "derived") for row in ROWS[name]}
    assert answered == set(QUESTIONS)


def test_that_claims_use_the_words_of_the_format():
    allowed = {"attitude": "asserts reports doubts denies", "confidence": "high medium low",
               "evidence": "document relayed article recollection"}
    for field, words in allowed.items():
        assert {row[field] for row in ROWS["claims"]} <= set(words.split())


def test_that_every_quotation_has_speaker_date_and_source():
    needed = ("text", "speaker", "lang", "date_edtf", "source_id")
    assert all(row[field] for row in ROWS["quotes"] for field in needed)


def test_that_every_post_says_which_document_prints_it():
    assert all(row["source_id"] and row["basis"] for row in ROWS["posts"])


def test_that_titles_labels_and_summaries_judge_nobody():
    for row in ROWS["events"]:
        for field in ("title", "label", "note", "summary"):
            assert not JUDGED.search(re.sub(r"#\w+", "", row[field])), row[field]
            assert not JUDGED_KO.search(row[f"{field}.ko"]), row[f"{field}.ko"]


def test_that_korean_says_neither_the_search_site_nor_riot():
    text = "".join(path.read_text("utf-8") for path in FILES)
    assert "포털" not in text and "폭동" not in text


def test_that_a_fancam_is_explained_where_a_summary_names_it():
    for row in ROWS["events"]:
        assert "팬캠" not in row["summary.ko"] or "팬캠(무대를 직접 찍은 짧은 영상)" in row["summary.ko"]


def test_that_every_translated_cell_is_filled():
    translated = {"events": ("title", "label", "note", "summary", "place"), "questions": ("label",),
                  "claims": ("text",), "derived": ("text",)}
    for name, fields in translated.items():
        assert all(row[f] and row[f"{f}.ko"] for row in ROWS[name] for f in fields)


def test_that_every_text_of_the_manifest_stands_in_both_languages():
    def walk(value):
        if isinstance(value, dict):
            if "en" in value or "ko" in value:
                assert value.get("en") and value.get("ko"), value
            for one in value.values():
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)
    walk({**TIMELINE, "translation_status": None})
    for resource in SERIES.values():
        walk(resource["timeline"])


def test_that_labels_and_notes_are_short():
    assert all(2 <= len(row["label"].split()) <= 7 or row["label"].startswith("#") for row in ROWS["events"])
    assert all(len(row["note"].split()) <= 9 for row in ROWS["events"])


def test_that_readable_words_exist_for_every_answer():
    vocabulary, units = TIMELINE["vocabulary"], TIMELINE["units"]
    for row in ROWS["claims"] + ROWS["derived"]:
        number = NUMBER.fullmatch(row["answer"])
        if number:
            assert number["unit"] in units, row
        elif row["answer"] and not DATE_OR_DURATION.fullmatch(row["answer"]):
            assert all(key in vocabulary for key in row["answer"].split("|")), row
    assert all(r["timeline"]["unit"] in units for r in SERIES.values())
    assert set(TIMELINE["unit_patterns"]) == set(units)
    assert {row["subject"] for row in ROWS["events"]} - {""} == set(TIMELINE["subjects"])


def test_that_each_event_is_in_exactly_one_lane():
    assert all(len(lane_of(row)) == 1 for row in ROWS["events"])
    ids = [i for lane in TIMELINE["lanes"] for i in lane.get("select", {}).get("ids", ())]
    assert set(ids) <= set(EVENTS) and len(ids) == len(set(ids))


def test_that_only_portals_have_states_and_none_of_them_is_a_flood():
    for row in ROWS["events"]:
        assert bool(row["state"]) == bool(row["subject"]) == (row["kind"] == "portal")
        assert row["state"] in {"", "open", "down", "closed", "restored"}


def test_that_a_moment_known_to_a_minute_keeps_its_bounds():
    row = EVENTS["dallas-iwatch-down"]
    assert (row["edtf"], row["precision"]) == ("2020-05-31T18:26:00-05:00", "minute")
    assert [row[f] for f in ("earliest_start", "latest_start", "earliest_end", "latest_end")] == [
        f"2020-05-31T18:{minute}:00-05:00" for minute in (25, 27, 25, 27)]


def test_that_spreadsheets_destroy_no_cell():
    for path in (p for p in FILES if p.suffix == ".csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for cell in (cell for row in csv.reader(file) for cell in row):
                assert not re.fullmatch(r"\d{15,}", cell), path.name
                assert not re.match(r"[=+@\t\r-]", cell) or re.fullmatch(r"-\d+(\.\d+)?", cell), cell


def test_that_no_post_number_but_the_five_official_ones_stands_anywhere():
    allowed = OFFICIAL_POSTS | NEWSPAPER_ARTICLES
    assert {row["post"] for row in ROWS["posts"]} - {""} == {f"id:{number}" for number in OFFICIAL_POSTS}
    for path in FILES:
        assert set(re.findall(r"\d{15,}", path.read_text("utf-8"))) <= allowed, path.name


def test_that_no_private_handle_stands_anywhere():
    public = {account["handle"].lower() for account in TIMELINE["public_accounts"]["accounts"]}
    for path in FILES:
        text = path.read_text("utf-8")
        assert {h.lower() for h in HANDLE.findall(text) + PROFILE.findall(text)} <= public, path.name


def test_that_private_posts_have_neither_number_nor_second():
    private = [row["utc"] for row in ROWS["posts"] if not row["post"]]
    assert len(private) == 22 and all(re.fullmatch(r"[\d-]{10}T\d\d:\d\dZ", utc) for utc in private)


def test_that_only_tags_of_flagged_events_are_masked_each_with_a_signed_reason():
    flagged = {tag.lower() for row in ROWS["events"] if "hateful_tag" in cells(row["content_flags"])
               for tag in cells(row["hashtags"])}
    masked = TIMELINE["masked_tags"]
    assert {one["tag"].lower() for one in masked} - flagged == {"whitelivematter"}
    assert all(one["reason"]["en"] and one["reason"]["ko"] and one["signed_by"] for one in masked)


def test_that_every_content_flag_is_explained():
    flags = {f for row in ROWS["events"] + ROWS["posts"] for f in cells(row["content_flags"])}
    flags |= {f for row in ROWS["quotes"] for f in cells(row["flags"])}
    assert flags == set(TIMELINE["content_policy"])


def test_that_no_excerpt_is_longer_than_40_words():
    words = [row["excerpt"] for row in ROWS["claims"]] + [row["text"] for row in ROWS["quotes"]]
    assert max(len(text.split()) for text in words) <= 40
    assert sum(not row["excerpt"] for row in ROWS["claims"]) == 10


def test_that_the_list_of_disputes_names_questions_with_two_answers_or_two_attitudes():
    disputes = json.loads(DISPUTES.read_text("utf-8"))
    listed = [(one["event_id"], one["question"]) for one in disputes]
    assert len(listed) == len(set(listed)) and sorted(listed, key=list(QUESTIONS).index) == listed
    stands = defaultdict(set)
    for row in ROWS["claims"]:
        if row["answer"]:
            stands[row["event_id"], row["question"]].add((row["answer"], row["attitude"]))
    computed = {(row["event_id"], row["question"]) for row in ROWS["derived"]}
    assert all(len(stands[pair]) > 1 for pair in listed)
    assert computed.issuperset(pair for pair, one in zip(listed, disputes, strict=True) if "computed" in one)


def test_that_the_app_reads_every_row_without_an_error():
    dataset = open_dataset("june-2020")
    assert not [problem for problem in dataset.problems if problem.severity == "error"]
    assert {name: len(getattr(dataset, name)) for name in TABLES} == {n: len(ROWS[n]) for n in TABLES}
    assert (len(dataset.sources), len(dataset.series)) == (len(SOURCES), len(SERIES))


def test_that_nothing_of_the_research_changed_on_the_way():
    kept = {"claims": "answer attitude confidence evidence excerpt source_id answer_timezone",
            "quotes": "id text date_edtf source_id evidence locator lang", "derived": "answer text",
            "posts": "utc role source_id shown_precision basis", "questions": "label unit",
            "events": "id title edtf precision timezone kind subject state"}
    if FACTS.exists():
        for name, words in kept.items():
            fields = ("event_id", "question", *words.split())
            facts = json.loads((FACTS / f"{name}.json").read_text("utf-8"))
            there, here = (Counter(tuple(row.get(f) or "" for f in fields) for row in rows)
                           for rows in (facts, ROWS[name]))
            assert there == here, name
        assert json.loads((FACTS / "sources.json").read_text("utf-8")) == SOURCES

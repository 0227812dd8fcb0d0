"""The rules over what can be read, and the search for people who may not be named."""

from __future__ import annotations

import pytest

from timeline_app.base import resources
from timeline_app.base.text import LANGUAGES, catalogue
from timeline_app.engine.check import check
from timeline_app.engine.privacy import account_problems
from timeline_app.engine.report import hint, message

ACCOUNTS = frozenset({"dallaspd"})


def codes(package) -> list[str]:
    return [one.code for one in check(package.write())]


def test_that_a_dataset_without_a_fault_has_none(package):
    assert codes(package) == []


def test_that_the_bundled_dataset_has_no_error():
    assert [one for one in check("june-2020") if one.severity == "error"] == []


@pytest.mark.parametrize("word", ["flooded", "took over", "Hijacked", "crashed", "trolled", "riot", "rioters", "폭동"])
@pytest.mark.parametrize("column", ["title", "title.ko"])
def test_that_a_judged_word_in_a_title_is_an_error(package, word, column):
    package.tables["events"][1][column] = f"Fans {word} it"
    found = check(package.write())
    assert [(one.code, one.line, one.field) for one in found] == [("judged_word", 3, column)]


@pytest.mark.parametrize("title", ["Fans post to #hijacked_tag", "Calls to flood a tag", "A patriot speaks",
                                   "Police ask about #riot2020"])
def test_that_hashtags_and_longer_words_are_not_judged(package, title):
    package.tables["events"][1]["title"] = title
    assert codes(package) == []


def test_that_a_claim_without_source_is_a_problem(package):
    package.tables["claims"][0]["source_id"] = ""
    assert codes(package) == ["claim_without_source"]


def test_that_a_recollection_has_no_source_and_only_then(package):
    package.tables["claims"][0] |= {"source_id": "", "evidence": "recollection"}
    assert codes(package) == []
    package.tables["claims"][0]["source_id"] = "times"
    assert codes(package) == ["recollection_with_source"]


@pytest.mark.parametrize("column", ["speaker", "date_edtf", "source_id"])
def test_that_a_quotation_has_speaker_date_and_source(package, column):
    package.tables["quotes"][0][column] = ""
    found = check(package.write())
    assert [(one.code, one.field) for one in found] == [("incomplete_quote", column)]


def test_that_the_date_of_a_quotation_can_be_read(package):
    package.tables["quotes"][0]["date_edtf"] = "1/6/2020"
    assert codes(package) == ["date_slashes"]


def test_that_a_post_has_a_source_or_is_a_recollection(package):
    package.tables["posts"][0]["source_id"] = ""
    assert codes(package) == ["post_without_source"]
    package.tables["posts"][0]["evidence"] = "recollection"
    assert codes(package) == []


def test_that_the_time_of_a_post_is_the_time_of_its_number(package):
    package.tables["posts"][0]["utc"] = "2020-06-01T21:47:40Z"
    assert codes(package) == ["post_time"]


@pytest.mark.parametrize(("claim", "answer"), [(0, "in the night"), (1, "many"), (1, "NaN tweets")])
def test_that_an_answer_has_the_form_its_unit_asks_for(package, claim, answer):
    package.tables["claims"][claim]["answer"] = answer
    assert codes(package) == ["unreadable_answer"]


def test_that_a_key_without_words_is_a_warning(package):
    package.tables["questions"][1]["unit"] = "actor"
    package.tables["claims"][1]["answer"] = "fans|nobody"
    found = check(package.write())
    assert [(one.severity, one.code, one.arguments["word"]) for one in found] == [
        ("warning", "key_without_words", "nobody")]


def test_that_questions_without_answer_and_sources_without_use_are_warnings(package):
    package.tables["claims"].pop()
    package.sources.append({"id": "unused", "title": "T"})
    found = check(package.write())
    assert {(one.severity, one.code) for one in found} == {
        ("warning", "unanswered_question"), ("warning", "unused_source")}


def test_that_an_event_without_any_source_is_a_warning(package):
    package.tables["events"][2]["source_ids"] = ""
    assert codes(package) == ["event_without_source"]


def test_that_a_state_needs_a_subject(package):
    package.tables["events"][0]["subject"] = ""
    assert codes(package) == ["state_without_subject"]


def test_that_a_missing_translation_is_a_warning(package):
    package.tables["questions"][0]["label.ko"] = ""
    found = check(package.write())
    assert [(one.severity, one.code, one.field) for one in found] == [("warning", "no_translation", "label.ko")]


def test_that_a_mask_has_a_reason(package):
    package.timeline["masked_tags"].append({"tag": "x"})
    assert codes(package) == ["mask_without_reason"]


def test_that_zero_is_only_said_of_a_covered_span(package):
    package.series["covered"] = None
    assert codes(package) == ["zero_without_coverage"]


@pytest.mark.parametrize(("cell", "expected"), [
    ("1267573544747257858", [("error", "long_number")]),
    ("see 1267573544747257858", [("warning", "number_in_text")]),
    ("12345678901234", []),
    ("https://example.org/12675735447472578", []),
    ("00:48", [])])
def test_that_long_numbers_are_found_in_every_cell(package, cell, expected):
    package.tables["claims"][0]["excerpt"] = cell
    assert [(one.severity, one.code) for one in check(package.write())] == expected


def test_that_an_account_that_is_not_listed_is_found_in_every_file(package):
    package.tables["claims"][0]["excerpt"] = "by @somebody"
    package.sources[0]["note"] = "@some_one_else"
    package.write()
    package.put("README.md", "ask\n\nx @DallasPD @third.one, or me@example.org")
    found = [(one.code, one.file, one.line) for one in check(package.folder)]
    assert ("private_account", "README.md", 3) in found
    assert ("private_account", "claims.csv", 2) in found
    assert [file for _, file, _ in found].count("sources.json") == 1
    assert len(found) == 3


@pytest.mark.parametrize("text", [
    "https://twitter.com/somebody", "HTTPS://X.COM/somebody/status/1", "instagram.com/somebody/",
    "https://www.tiktok.com/@somebody/video/1", "mobile.twitter.com//somebody",
    "https://web.archive.org/web/2020/https://twitter.com/somebody", "https://twitter.com/i/web/status/1",
    "https://a.example/?u=https%3A%2F%2Ftwitter.com%2Fsomebody", "%2540somebody", "＠somebody", "@\u200bsomebody",
    "&#64;somebody", "\\u0040somebody", "(@somebody)", "한@somebody님"])
def test_that_no_disguise_hides_a_private_account(text):
    found = list(account_problems({"f": f"\n{text}\n".encode()}, ACCOUNTS))
    assert [(one.file, one.line) for one in found] == [("f", 2)]
    assert "somebody" not in str(found[0])


@pytest.mark.parametrize("text", [
    "@DallasPD", "@dallaspd.", "https://twitter.com/DallasPD/status/1", "https://uproxx.com/pop/k-pop",
    "https://twitter.com/hashtag/BTS", "https://x.com/search?q=a", "me@example.org", "https://vox.com/somebody",
    "mail@somebody.com", "@"])
def test_that_public_accounts_and_other_addresses_are_let_be(text):
    assert list(account_problems({"f": text.encode()}, ACCOUNTS)) == []


def test_that_a_picture_is_searched_for_addresses_only():
    files = {"p.png": b"\x89PNG\0 @ab twitter.com/somebody"}
    assert [one.code for one in account_problems(files, ACCOUNTS)] == ["private_address"]


def test_that_a_member_that_stands_twice_is_a_warning(package):
    package.write()
    path = package.folder / "sources.json"
    path.write_text(path.read_text().replace('"id":', '"id": "first", "id":', 1))
    assert [one.code for one in check(package.folder)] == ["member_twice"]


def test_that_a_single_table_is_checked_too(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("title,edtf,source_ids\nFans took over,2020,a\nBy @somebody,2020,a\n")
    assert [(one.code, one.line) for one in check(path)] == [("judged_word", 2), ("private_account", 3)]


def test_that_every_problem_of_the_code_has_a_text_in_every_language():
    """The codes stand in the code as they are; the catalogue must know each of them."""
    used = set()
    package = resources.root().parent / "timeline_app"
    for room in ("base", "engine"):
        for path in (package / room).rglob("*.py"):
            used |= problem_codes(path.read_text(encoding="utf-8"))
    assert len(used) > 60
    for language in LANGUAGES:
        texts = catalogue(language)
        assert {code for code in used if not texts.has(f"problem.{code}")} == set()


def problem_codes(source: str) -> set[str]:
    """What is handed to Problem, row.problem, document.report and to `known` as a code."""
    import re

    made = re.findall(r'(?:Problem\("(?:error|warning)", |\.problem\(|\.report\(|_add\()"([a-z_]+)"', source)
    made += re.findall(r'"(unknown_[a-z]+)", found\)', source)
    made += [f"file_{code}" for code in ("not_found", "not_a_regular_file", "unreadable", "too_large", "outside")]
    return set(made)


def test_that_every_date_that_cannot_be_read_is_explained_with_an_example():
    texts = catalogue("en")
    from timeline_app.domain.edtf import resolve
    from timeline_app.domain.time import BadDate
    from timeline_app.engine.tables import Header, Row

    header = Header("e.csv", ("edtf",))
    for text in ("1/6/2020", "June", "2020-13-01", "2020-02-30", "2020-06-01T18:26", "2020-06-02/2020-06-01", "[2020",
                 "2020-06-01T24:01:00", "2020-06-01T25:00:00", "Y99999999999", "2020-1", "-0000", "x" * 300, "%",
                 "2020-06-01T10:00:00+30:00", "2020-06-01T23:59:60", "2020-06-01T10:00:00.5"):
        try:
            resolve(text, "UTC")
        except BadDate as error:
            problem = Row(header, header.places(), 1, [text]).problem(
                error.code, "edtf", **{"text": text, **error.args_})
            assert message(problem, texts)
            assert any(digit in hint(problem, texts) for digit in "0123456789"), error.code
        else:
            raise AssertionError(text)

"""The document of an event says what its rows say, counts who says it, and adds nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from timeline_app.domain import edtf, snowflake
from timeline_app.domain.records import Claim, Derived, Event, Post, Question, Quote, Source, Words
from timeline_app.domain.time import Basis, Precision
from timeline_app.engine.dataset import Dataset, Meta, open_dataset
from timeline_app.viewmodel.detail import describe

CHICAGO = "America/Chicago"
AT = 1_590_904_086_846  # made up: 31 May 2020, 00:48:06.846 in Chicago
WHEN = replace(edtf.resolve("2020-05-31T00:48:00-05:00", CHICAGO), precision=Precision.MINUTE)


def claim(question, answer, source="", text="It was so.", **more):
    return Claim(
        f"{question}-{answer}-{source}", "e", question, Words(text), answer, source_id=source, **more
    )


def dataset(**rows):
    event = Event("e", Words("A title", (("ko", "제목"),)), WHEN, "portal", source_ids=("b",))
    later = Event("later", Words("Later"), edtf.resolve("2021", None))
    first = Event("first", Words("First"), edtf.resolve("2019", None))
    sources = {
        "a": Source("a", title="T", container="Alpha (Ohio)"),
        "b": Source("b", title="U", container="Beta"),
    }
    meta = Meta("id", "name", Words("Dataset"), CHICAGO, awaiting_readers=frozenset({"ko"}))
    questions = (
        Question("e", "when", Words("When?"), "EDTF"),
        Question("e", "cause", Words("What caused it?"), "key", False),
        Question("e", "colour", Words("Which colour?"), "key", True),
        Question("e", "amount", Words("Nobody answered?"), "tips"),
    )
    return Dataset(meta, events=(event, later, first), questions=questions, sources=sources, **rows)


def document(language="en", zone=CHICAGO, **rows):
    return describe("e", dataset(**rows), language, zone)


def test_that_an_unknown_event_has_no_document():
    assert describe("nowhere", dataset(), "en", CHICAGO) is None


def test_that_an_event_without_rows_has_a_document_that_claims_nothing():
    found = document()
    assert (found.title, found.when) == ("A title", "Sunday 31 May 2020, 00:48 CDT")
    assert [chip.text for chip in found.chips] == ["Portal", "asserted"]
    assert (found.questions, found.quotes, found.posts) == ((), (), ())
    assert (found.previous, found.next) == ("first", "later")
    assert (describe("first", dataset(), "en", CHICAGO).previous, found.when_note) == ("", "to the minute")


def test_that_sources_are_numbered_as_the_event_lists_them_then_as_its_rows_name_them():
    rows = {"claims": (claim("cause", "x", "lost"),), "quotes": (Quote("q", "e", "said", source_id="a"),)}
    assert [(line.number, line.name) for line in document(**rows).sources] == [
        (1, "Beta"),
        (2, "lost"),
        (3, "Alpha"),
    ]


def test_that_the_time_names_the_documents_that_state_just_this_time():
    said = (
        claim("when", "2020-05-31T00:48:00-05:00", "a"),
        claim("when", "2020-05-31T07:48:00+02:00", "b"),
        claim("when", "2020-05-31", "c"),
    )
    assert document(claims=said).when_note == "to the minute, from 2 documents"
    inferred = replace(
        dataset(claims=said), events=(Event("e", Words("T"), replace(WHEN, basis=Basis.INFERRED)),)
    )
    assert describe("e", inferred, "en", CHICAGO).when_note == "to the minute, inferred"


def test_that_the_zone_of_the_event_is_given_where_the_axis_has_another():
    assert document(zone="UTC").zone_notes == ("in Chicago: Sunday 31 May 2020, 00:48 CDT",)
    assert document().zone_notes == ()


def test_that_answers_are_counted_and_named_and_a_remark_follows_the_semicolon():
    said = (
        claim("cause", "x", "a"),
        claim("cause", "x", "b"),
        claim("cause", "y", "a", "Perhaps; nobody knows."),
        claim("cause", "", "b", "Within hours; no number is given."),
    )
    (block,) = document(claims=said).questions
    assert [(row.count, row.text, row.sources) for row in block.answers] == [
        ("2", "x", "Alpha, Beta"),
        ("1", "y", "Alpha; nobody knows"),
        ("1", "Within hours", "Beta; no number is given"),
    ]
    assert block.answers[0].statements[1].source == "Beta"


def test_that_recollection_is_marked_and_never_counted():
    said = (
        claim("cause", "x", evidence="recollection"),
        claim("when", "2020-05-31", "a"),
        claim("when", "2020-05-31", evidence="recollection"),
    )
    when, cause = document(claims=said).questions
    (row,) = cause.answers
    assert (row.count, row.mark, row.is_documented) == ("", "not documented", False)
    assert (when.answers[0].count, when.answers[0].sources) == (
        "1",
        "Alpha; one more from memory, not documented",
    )


def test_that_a_denial_is_said_and_disputes():
    said = (claim("cause", "x", "a", attitude="reports"), claim("cause", "x", "b", attitude="denies"))
    found = document(claims=said)
    assert [row.mark for row in found.questions[0].answers] == ["", "denied"]
    assert found.questions[0].is_disputed
    assert (found.chips[-1].text, found.chips[-1].is_disputed) == ("disputed: cause", True)
    assert found.questions[0].answers[0].statements[0].mark == "reports it"


def test_that_disputes_of_the_datasets_own_questions_are_counted():
    own = (claim("colour", "red", "a"), claim("colour", "blue", "b"))
    assert document(claims=own).chips[-1].text == "disputed: one question"
    both = (*own, claim("when", "2020-05-30", "a"), claim("when", "2020-05-31", "b"))
    assert document(claims=both).chips[-1].text == "disputed: when, one more question"


def test_that_a_question_that_only_an_answer_names_is_shown():
    (block,) = document(claims=(claim("weather", "rain", "a"),)).questions
    assert (block.label, block.answers[0].text) == ("weather", "rain")


def test_that_what_we_compute_says_so_and_from_whose_documents():
    line = Derived("e", "cause", "x", Words("Because."), ("a", "b"))
    (block,) = document(derived=(line,)).questions
    (row,) = block.computed
    assert (row.text, row.note, row.sources) == ("x", "computed from 2 documents", "Alpha, Beta")
    assert row.explanation == "Because."


def test_that_a_quotation_keeps_its_language_and_names_its_speaker():
    quote = Quote("q", "e", "말", "ko", "Somebody", "police", "2020-05-31", "b")
    (block,) = document("en", quotes=(quote,)).quotes
    assert (block.text, block.language) == ("말", "ko")
    assert (block.credit, block.number) == ("Somebody, police, 31 May 2020", 1)


def test_that_a_post_is_held_against_every_stated_time_and_shows_no_more_than_it_may():
    said = (
        claim("when", "2020-05-31", "a"),
        claim("when", "2020-05-30", "b"),
        claim("when", "2020-06-02", "b"),
    )
    number = snowflake.first_id(AT)
    posts = (Post("e", number, AT, "minute", "request"), Post("e", None, AT, "day", "reply"))
    request, reply = document(claims=said, posts=posts).posts
    assert request.arithmetic == f"({number} >> 22) + 1288834974657 ms = Sunday 31 May 2020, 00:48 CDT"
    assert [(line.status, line.text) for line in request.checks] == [
        ("fits", "fits Sunday 31 May 2020 (Alpha)"),
        ("check", "posted 48 min after Saturday 30 May 2020: check (Beta)"),
        ("check", "posted 47 h 12 min before Tuesday 2 June 2020: check (Beta)"),
    ]
    assert (reply.time, reply.arithmetic, reply.checks) == ("Sunday 31 May 2020", "", ())


def test_that_a_recalled_number_is_marked():
    (post,) = document(posts=(Post("e", None, AT, "minute", "request", evidence="recollection"),)).posts
    assert post.mark == "not documented"


def test_that_a_translation_says_that_it_awaits_readers():
    assert document("ko").notice and document("ko").title == "제목"
    assert document("en").notice == ""


@pytest.fixture(scope="module")
def june():
    return open_dataset("june-2020")


def test_that_the_dallas_outage_shows_its_rival_answers_and_their_sources(june):
    found = describe("dallas-iwatch-down", june, "en", CHICAGO)
    assert found.when == "Sunday 31 May 2020, about 18:26 CDT"
    assert found.chips[-1].text == "disputed: when, how long"
    blocks = {block.label: block for block in found.questions}
    how_long = blocks["How long from the request to the outage?"]
    assert [(row.count, row.text, row.sources) for row in how_long.answers] == [
        ("1", "within 5 hours", "Vanity Fair; the starting point is not stated"),
        ("1", "2 hours", "Pedestrian.TV"),
        ("1", "within 24 hours", "Fast Company"),
        ("1", "Within hours of the request", "PopCrush; no number is given"),
    ]
    (computed,) = how_long.computed
    assert (computed.text, computed.sources) == ("17 h 38 min", "Ars Technica, Insider")
    cause = blocks["What caused the outage?"].answers[0]
    assert (cause.count, cause.text) == ("3", "not established")
    assert cause.sources == "BuzzFeed News, Insider, HuffPost"


@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_every_event_of_june_2020_has_a_document(june, language):
    for event in june.events:
        found = describe(event.id, june, language, june.meta.zone)
        assert found.title and found.when and found.sources and found.citation
        for block in found.questions:
            assert block.label and all(row.text for row in (*block.computed, *block.answers))
            assert all(row.count or not row.is_documented for row in block.answers)

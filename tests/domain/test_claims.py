"""Answers are compared by what they mean, counted by source, and disputed only where they cannot both be
right."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from timeline_app.domain import claims
from timeline_app.domain.answers import Range, parse_answer
from timeline_app.domain.claims import are_rivals, dispute, disputes, group_answers, standing
from timeline_app.domain.records import Claim, Derived, Question, Quote, Words

CHICAGO = "America/Chicago"


def question(name="when", unit="EDTF", exclusive=True):
    return Question("e", name, Words(name), unit, exclusive)


def claim(answer, source="s", **more):
    name = more.pop("question", "when")
    return Claim(f"c-{source}-{answer}", "e", name, Words("text"), answer, source_id=source, **more)


def rivals(one, other, unit="EDTF", exclusive=True, attitudes=("asserts", "asserts")):
    asked = question("q", unit, exclusive)
    voices = [
        claims.testimony(claim(text, attitude=how), asked, CHICAGO)
        for text, how in zip((one, other), attitudes, strict=True)
    ]
    assert are_rivals(*voices, asked) == are_rivals(*reversed(voices), asked)
    return are_rivals(*voices, asked)


@pytest.mark.parametrize(
    ("text", "unit", "low", "high"),
    [
        ("PT2H", "duration", 7_200_000, 7_200_000),
        ("../PT24H", "duration", 0, 86_400_000),
        (">=817000 retweets", "retweets", 817_000, None),
        ("<5 tips", "tips", None, 5),
        ("~100 donors", "donors", 90, 110),
        ("28.0 %", "%", 28, 28),
        ("1026531 USD", "USD", 1_026_531, 1_026_531),
        ("3", "rank", 3, 3),
    ],
)
def test_that_an_answer_is_read_as_a_range(text, unit, low, high):
    found = parse_answer(text, unit).range
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("last week", "EDTF"),
        ("two hours", "duration"),
        ("many tips", "tips"),
        ("2020-13-40", "EDTF"),
        ("1,026,531 USD", "USD"),
        ("9" * 50, "tips"),
        ("NaN", "tips"),
        ("1e999", "tips"),
    ],
)
def test_that_an_answer_of_the_wrong_form_is_unread_and_never_raises(text, unit):
    found = parse_answer(text, unit, CHICAGO)
    assert (found.kind, found.is_comparable) == ("unread", False)


@pytest.mark.parametrize(
    ("text", "unit", "kind"),
    [
        ("", "EDTF", "empty"),
        ("not-established", "EDTF", "keys"),
        ("7soulsmap", "", "keys"),
        ("2015", "", "when"),
        ("4chan-users", "", "keys"),
        ("22 people charged", "key", "amount"),
        ("fan-4|fan-5", "actor", "keys"),
        ("2019-12-21T19:00:00+07:00", "", "when"),
    ],
)
def test_that_the_form_of_an_answer_follows_its_unit(text, unit, kind):
    assert parse_answer(text, unit).kind == kind


@given(
    st.text("0123456789XYTZPHM:-~?%./[]{},<>= aé", max_size=40),
    st.sampled_from(["EDTF", "duration", "key", "actor", "", "tips"]),
)
def test_that_no_text_breaks_the_reading_of_answers(text, unit):
    found = parse_answer(text, unit, CHICAGO)
    assert not found.excludes(found, True)
    assert found.identity == parse_answer(text, unit, CHICAGO).identity


def test_that_one_instant_in_two_offsets_is_one_answer_of_two_sources():
    said = [claim("2020-05-31T18:26:00-05:00", "insider"), claim("2020-06-01T01:26:00+02:00", "cnews")]
    (group,) = group_answers(question(), said, CHICAGO)
    assert (group.count, group.source_ids) == (2, ("insider", "cnews"))


def test_that_a_source_that_says_it_twice_counts_once():
    (group,) = group_answers(question(), [claim("2020-05-31"), claim("2020-05-31")], CHICAGO)
    assert (group.count, len(group.voices)) == (1, 2)


def test_that_recollection_is_kept_but_counts_for_nothing():
    said = [claim("2020-05-31", ""), claim("2020-05-31", "", evidence="recollection")]
    (group,) = group_answers(question(), said[1:], CHICAGO)
    assert (group.count, group.is_documented, len(group.voices)) == (0, False, 1)


def test_that_answers_stand_by_number_of_sources_and_incomparable_ones_last():
    said = [claim("", "a"), claim("PT2H", "b"), claim("PT5H", "c"), claim("PT5H", "d"), claim("", "e")]
    groups = group_answers(question("how_long", "duration"), said, CHICAGO)
    assert [group.answer.text for group in groups] == ["PT5H", "PT2H", "", ""]
    assert [group.source_ids for group in groups[2:]] == [("a",), ("e",)]


def test_that_nothing_sorts_who_was_first():
    said = [claim("one", "a"), claim("two", "b"), claim("two", "c"), claim("", "d"), claim("one", "e")]
    groups = group_answers(question("who_first", "actor"), said, CHICAGO)
    assert [(group.answer.text, group.count) for group in groups] == [("one", 2), ("two", 2), ("", 1)]
    more = group_answers(question("who_first", "actor"), said[:3], CHICAGO)
    assert [group.answer.text for group in more] == ["one", "two"]


def test_that_denials_and_doubts_are_rows_of_their_own():
    said = [
        claim("k", "a"),
        claim("k", "b", attitude="reports"),
        claim("k", "c", attitude="denies"),
        claim("k", "d", attitude="doubts"),
    ]
    groups = group_answers(question("cause", "key", False), said, CHICAGO)
    assert [(group.stance, group.count) for group in groups] == [("affirms", 2), ("denies", 1), ("doubts", 1)]


@pytest.mark.parametrize(
    ("one", "other", "unit", "expected"),
    [
        ("2020-05-31", "2020-05-31T18:26:00-05:00", "EDTF", False),
        ("2020-05-30", "2020-05-31T00:48:00-05:00", "EDTF", True),
        ("2020-06-04/..", "2020-06-01/2020-06-05", "EDTF", False),
        ("2020-06-01~", "2020-06-02", "EDTF", False),
        ("2020-06-12T04:21:56Z", "2020-06-12T04:22:01Z", "EDTF", False),
        ("2020-06-12T04:21:00Z", "2020-06-12T04:25:00Z", "EDTF", True),
        ("PT2H", "../PT5H", "duration", False),
        ("PT17H38M", "../PT5H", "duration", True),
        ("~100 donors", "149 donors", "donors", True),
        (">20000 posts", ">28000 posts", "posts", False),
        (">817000 USD", "817000 USD", "USD", True),
        (">=817000 USD", "817000 USD", "USD", False),
        ("5 tips", "6 reviews", "tips", False),
        ("", "5 tips", "tips", False),
        ("much", "5 tips", "tips", False),
    ],
)
def test_that_ranges_are_rivals_only_where_they_share_nothing(one, other, unit, expected):
    assert rivals(one, other, unit) == expected


def test_that_keys_are_rivals_only_in_an_exclusive_question():
    assert rivals("a", "b", "actor")
    assert not rivals("a", "b", "key", exclusive=False)
    assert not rivals("a|b", "b|c", "actor")


def test_that_not_established_excludes_no_answer():
    assert not rivals("not-established", "a", "actor")
    assert not rivals("not-established", "a", "key", exclusive=False)


def test_that_who_denies_or_doubts_an_answer_disputes_who_affirms_it():
    for how in ("denies", "doubts"):
        assert rivals("k", "k", "key", False, ("reports", how))
        assert not rivals("k", "j", "key", False, ("asserts", how))
        assert not rivals("k", "k", "key", False, (how, how))
    assert rivals("2020-05-31T18:26:00-05:00", "2020-05-31", attitudes=("asserts", "denies"))
    assert not rivals("2020-05-31", "2020-05-31T18:26:00-05:00", attitudes=("asserts", "denies"))


def test_that_a_day_is_taken_in_the_zone_in_which_it_was_printed():
    in_dublin = claim("2020-06-12", "balls", answer_timezone="Europe/Dublin")
    assert dispute(question(), [claim("2020-06-11"), in_dublin], (), CHICAGO) is None
    assert dispute(question(), [claim("2020-06-11"), claim("2020-06-12", "balls")], (), CHICAGO) is not None


def test_that_what_we_compute_from_documents_speaks_against_a_claim_but_not_against_itself():
    asked = question("how_long", "duration")
    computed = [
        Derived("e", "how_long", "PT17H38M", Words(), ("ars", "insider")),
        Derived("e", "how_long", "PT1H", Words(), ("ars",)),
    ]
    said = [claim("PT2H", "pedestrian"), claim("../PT24H", "fast")]
    assert dispute(asked, said, (), None) is None
    found = dispute(asked, said, computed[:1], None)
    assert [voice.source_ids for voice in found.rivals] == [("pedestrian",), ("ars", "insider")]
    assert dispute(asked, (), computed, None) is None


def test_that_recollection_disputes_nothing():
    recalled = claim("2020-06-05", "", evidence="recollection")
    assert dispute(question(), [claim("2020-06-04"), recalled], (), CHICAGO) is None


def test_that_disputes_are_found_for_every_event_in_its_own_zone():
    questions = [question(), Question("f", "when", Words(), "EDTF")]
    said = [
        claim("2020-06-01"),
        claim("2020-06-02", "t"),
        Claim("x", "f", "when", Words(), "2020-06-01", source_id="s"),
        Claim("y", "f", "when", Words(), "2020-06-01T23:30:00-05:00", source_id="t"),
    ]
    found = disputes(questions, said, {"e": CHICAGO, "f": "Asia/Seoul"})
    assert [(one.event_id, one.question, len(one.rivals)) for one in found] == [
        ("e", "when", 2),
        ("f", "when", 2),
    ]
    assert [one.event_id for one in disputes(questions, said, {"e": CHICAGO, "f": CHICAGO})] == ["e"]
    assert claims.is_disputed("e", found) and not claims.is_disputed("g", found)


def test_that_ten_thousand_different_answers_are_judged_at_once():
    said = [claim(f">{number} tips", str(number)) for number in range(10_000)]
    assert dispute(question("amount", "tips"), said, (), None) is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), max_size=12))
def test_that_every_rival_has_a_rival_and_no_source_is_lost(rows):
    asked = question("amount", "tips")
    said = [claim(f"{number} tips", source) for source, number in rows]
    groups = group_answers(asked, said, None)
    assert sum(len(group.voices) for group in groups) == len(said)
    found = dispute(asked, said, (), None)
    assert (found is not None) == (len({number for _, number in rows}) > 1)


LIMIT = st.one_of(st.none(), st.integers(-5, 5))


@given(st.tuples(LIMIT, LIMIT), st.tuples(LIMIT, LIMIT), st.booleans())
def test_that_ranges_that_lie_in_each_other_are_not_disjoint(one_ends, other_ends, is_open):
    assume(all(None in ends or ends[0] < ends[1] for ends in (one_ends, other_ends)))
    one, other = Range(*one_ends, is_open, is_open), Range(*other_ends)
    assert one.is_disjoint(other) == other.is_disjoint(one)
    if one.lies_in(other):
        assert not one.is_disjoint(other)


def test_that_a_standing_says_the_best_evidence_and_what_is_disputed():
    article, recalled = claim("", evidence="article"), claim("", "", evidence="recollection")
    assert standing([article, claim("", evidence="relayed")], ()).word == "documented"
    assert standing([article, recalled], ()).word == "asserted"
    assert standing([article], [Quote("q", "e", "text")]).word == "documented"
    assert standing([recalled], ()).word == "recollection"
    assert standing((), ()).word == "asserted"
    assert standing((), (), [Derived("e", "q", "1", Words(), ("s",))]).word == "documented"
    found = dispute(question(), [claim("2020-06-01"), claim("2020-06-02", "t")], (), CHICAGO)
    disputed = standing([article], (), (), [found])
    assert (disputed.word, disputed.evidence, disputed.disputed) == ("disputed", "asserted", ("when",))

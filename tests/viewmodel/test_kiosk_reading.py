"""What the card says and how it is known: complete, in plain words, in the order of the dataset, for any dataset."""

from dataclasses import replace

import pytest

from fakes import tiny_dataset, words
from timeline_app.base.text import catalogue
from timeline_app.domain.records import Claim, Quote
from timeline_app.engine import judging
from timeline_app.viewmodel import detail
from timeline_app.viewmodel.kiosk import plan, reading
from timeline_app.viewmodel.state import Setting
from viewmodel.kiosk_places import SHOWN, start_in

EVENTS = [one.id for one in SHOWN.events]


def moment(event_id, language="en", dataset=SHOWN):
    return plan.moment_of(event_id, dataset, language)


def all_of(found, dataset=SHOWN, language="en"):
    setting = Setting(language)
    return (*reading.warning(found, dataset, setting), *reading.card(found, dataset, setting),
            *reading.know(found, dataset, setting))


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("event_id", EVENTS)
def test_that_every_event_says_what_its_pane_says(event_id, language):
    doc = detail.describe(event_id, SHOWN, language, SHOWN.meta.zone)
    found = moment(event_id, language)
    blocks = all_of(found, language=language)
    assert all(one.text.strip() for one in blocks)
    known = reading.know(found, SHOWN, Setting(language))
    heads = [one.text for one in known if one.kind == "head"]
    assert heads[:len(doc.questions)] == [one.label for one in doc.questions]
    sources = [one.text for one in known if one.kind == "source"]
    assert [text.partition(".")[0] for text in sources] == [str(one.number) for one in doc.sources]
    answers = [one.text for one in known if one.kind == "answer"]
    said = [row.text for question in doc.questions for row in question.answers[:reading.MOST_ANSWERS]]
    assert all(any(text[:40] in answer for answer in answers) for text in said)


@pytest.mark.parametrize("event_id", EVENTS)
def test_that_quotations_keep_their_words_language_and_order(event_id):
    doc = detail.describe(event_id, SHOWN, "en", SHOWN.meta.zone)
    quoted = [one for one in reading.card(moment(event_id), SHOWN, Setting("en")) if one.kind == "quote"]
    assert [(one.text[:60], one.language) for one in quoted] == [
        (" ".join(one.text.split())[:60], one.language) for one in doc.quotes[:reading.MOST_QUOTES]]


def test_that_a_post_in_two_languages_stands_in_both_the_one_it_was_written_in_first():
    quoted = [one for one in reading.card(moment("bts-tweet"), SHOWN, Setting("en")) if one.kind == "quote"]
    assert [one.language for one in quoted] == ["ko", "en"]
    assert {one.kind for one in quoted} == {"quote"}


@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_our_own_words_judge_nobody(language):
    own = [one.text for event_id in EVENTS for one in reading.know(moment(event_id, language), SHOWN, Setting(language))
           if one.kind == "lead"]
    assert [text for text in own if judging.judged(text)] == []


def test_that_a_warning_stands_before_hateful_tags_and_violence_and_nothing_else():
    for one in start_in().plan.moments:
        warned = bool(reading.warning(one, SHOWN, Setting("en")))
        assert warned == bool(one.flags & {"hateful_tag", "violence"}), one.id


def test_that_a_warning_is_short():
    for one in start_in().plan.moments:
        assert sum(len(block.text.split()) for block in reading.warning(one, SHOWN, Setting("en"))) <= 60


def test_that_a_warning_speaks_by_the_dataset_or_else_by_itself():
    found = replace(start_in().plan.moments[0], flags=frozenset({"hateful_tag"}))
    by_dataset = reading.warning(found, SHOWN, Setting("en"))[2].text
    assert by_dataset == SHOWN.meta.names[("content_policy", "hateful_tag")].say("en")
    assert "stay hidden" in reading.warning(found, tiny_dataset(), Setting("en"))[2].text


def test_that_what_only_articles_tell_is_not_called_known():
    def first(evidence):
        claims = (Claim("c1", "e-down", "cause", words("Because"), source_id="s-paper", evidence=evidence),)
        dataset = tiny_dataset(claims=claims, quotes=(), derived=())
        return reading.know(moment("e-down", dataset=dataset), dataset, Setting("en"))[0].text

    assert "No document settles it" in first("article")
    assert first("document").startswith("We know this from")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_answers_that_cannot_all_be_right_are_said_to_be_so(language):
    notes = [one.text for one in reading.know(moment("dallas-iwatch-down", language), SHOWN, Setting(language))
             if one.kind == "note"]
    doc = detail.describe("dallas-iwatch-down", SHOWN, language, SHOWN.meta.zone)
    assert sum(text == catalogue(language).get("kiosk_card.differ.cannot") for text in notes) == sum(
        one.is_disputed for one in doc.questions) > 0


def test_that_a_moment_of_no_event_names_the_sources_of_its_step():
    one = next(iter(start_in().plan.moments))
    bare = replace(one, event_id="", source_ids=tuple(SHOWN.sources)[:2])
    known = reading.know(bare, SHOWN, Setting("en"))
    assert [block.kind for block in known] == ["lead", "source", "source"]
    assert "2 published sources" in known[0].text


def test_that_a_part_of_a_text_says_that_it_is_a_part():
    for ending in ("…", "...", "…”", "…’」", "...)"):
        dataset = tiny_dataset(quotes=(Quote("q", "e-down", f"A long text {ending}", "en", "Somebody"),))
        credit = next(one for one in reading.card(moment("e-down", dataset=dataset), dataset, Setting("en"))
                      if one.kind == "credit")
        assert credit.text.endswith("part of it")


def test_that_ten_thousand_claims_and_endless_words_stay_readable():
    claims = tuple(Claim(f"c{number}", "e-down", "how_long", words("w " * 900 + f"{number}"), f"PT{number}H",
                         source_id="s-paper", line=number) for number in range(2_000))
    quotes = (Quote("q", "e-down", "\u202eno " + "x" * 100_000 + "\n\n", "en", "S" * 5_000),)
    dataset = tiny_dataset(claims=claims, quotes=quotes)
    blocks = all_of(moment("e-down", dataset=dataset), dataset)
    assert len(blocks) < 120
    assert max(len(one.text) for one in blocks) <= reading.LONGEST + 1
    assert not [one for one in blocks if "\n" in one.text or "\u202e" in one.text]
    assert any("more" in one.text for one in blocks if one.kind == "note")


def test_that_an_event_of_a_bare_table_says_what_there_is():
    dataset = tiny_dataset(claims=(), quotes=(), questions=(), sources={})
    for event in dataset.events:
        assert all_of(moment(event.id, dataset=dataset), dataset)

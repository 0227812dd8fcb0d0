"""What the card says and how it is known: complete, in plain words, in the order of the dataset, for any dataset."""

from dataclasses import replace

import pytest

from fakes import tiny_dataset, words
from timeline_app.base.text import catalogue
from timeline_app.domain.records import Claim, Derived, Question, Quote
from timeline_app.engine import judging
from timeline_app.engine.audience import for_audience
from timeline_app.engine.dataset import open_dataset
from timeline_app.viewmodel import detail
from timeline_app.viewmodel.kiosk import plan, reading
from timeline_app.viewmodel.kiosk.scroll import sheets
from timeline_app.viewmodel.state import Setting
from viewmodel.kiosk_places import SHOWN, room, start_in

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
    assert len(set(heads)) == len(heads) and len(heads) >= len(doc.questions)
    assert all(head.startswith(one.label) for one, head in zip(doc.questions, heads, strict=False))
    sources = [one.text for one in known if one.kind == "source"]
    assert [text.partition(".")[0] for text in sources] == [str(one.number) for one in doc.sources]
    disputed = [one.name for one in doc.questions if one.is_disputed]
    leads = " ".join(one.text for one in known if one.kind == "lead")
    assert str(len(doc.sources)) in leads or not doc.sources
    assert (catalogue(language).count("kiosk_card.disputed", len(disputed), which="|").partition("|")[0] in leads
            ) == bool(disputed)
    assert sum(one.text.startswith(catalogue(language).get("kiosk_card.differ")) for one in known) == len(disputed)
    answers = [one.text for one in known if one.kind == "answer"]
    said = [row.text for question in doc.questions for row in question.answers[:reading.MOST_ANSWERS]]
    places = [next(place for place, answer in enumerate(answers) if text[:40] in answer) for text in said]
    assert len(places) == len(said)


@pytest.mark.parametrize("event_id", EVENTS)
def test_that_answers_stand_in_the_order_of_the_pane_and_none_is_said_twice(event_id):
    doc = detail.describe(event_id, SHOWN, "en", SHOWN.meta.zone)
    known = [one.text for one in reading.know(moment(event_id), SHOWN, Setting("en")) if one.kind in ("head", "answer")]
    for question in doc.questions:
        known = known[next(place for place, text in enumerate(known) if text.startswith(question.label)) + 1:]
        said = known[:len(question.answers)]
        assert all(row.text[:40] in text for row, text in zip(question.answers, said, strict=True))


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
    own += [text for name, text in catalogue(language)._entries.items() if name.startswith("kiosk")]
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


def test_that_each_line_of_a_quotation_knows_its_language():
    told = reading.card(moment("bts-tweet"), SHOWN, Setting("en"))
    lines = [line for sheet in sheets(told, 500.0, 2_000.0, room()) for line in sheet.lines]
    assert {line.language for line in lines} == {"", "ko", "en"}
    assert {line.language == "ko" for line in lines if any("가" <= one <= "힣" for one in line.text)
            and line.style[0] == "ink"} == {True}


def credit_of(quoted):
    dataset = tiny_dataset(quotes=(Quote("q", "e-down", quoted, "en", "Somebody"),))
    return next(one.text for one in reading.card(moment("e-down", dataset=dataset), dataset, Setting("en"))
                if one.kind == "credit")


@pytest.mark.parametrize("quoted", ["so …", "so...", "“so …”", "so …’」", "so ...)", "so …』", "so [...]", "so […].",
                                    "… so", "“...so”", "so […] it is", "so " * 400])
def test_that_a_part_of_a_text_says_that_it_is_a_part(quoted):
    assert credit_of(quoted).endswith("part of it")


@pytest.mark.parametrize("quoted", ["so it is.", "“so it is”", "1.5 hours", "…", "so it is..", "what? (so)"])
def test_that_a_whole_text_is_not_called_a_part(quoted):
    assert credit_of(quoted).endswith("part of it") == (quoted == "…")


def test_that_no_cut_parts_the_two_languages_of_a_text_and_what_is_left_out_is_counted():
    def shown(*languages, sources="aaaaaa"):
        quotes = tuple(Quote(f"q{number}", "e-down", f"text {number}", language, source_id=f"s-{source}")
                       for number, (language, source) in enumerate(zip(languages, sources, strict=False)))
        dataset = tiny_dataset(quotes=quotes)
        blocks = reading.card(moment("e-down", dataset=dataset), dataset, Setting("en"))
        left = [one.text for one in blocks if one.kind == "note" and "quotation" in one.text]
        return len([one for one in blocks if one.kind == "quote"]), *left

    assert shown("en", "en", "ko", "en") == (4,)
    assert shown("en", "en", "en", "en") == (3, "1 more quotation is not shown here.")
    assert shown("en", "en", "ko", "en", sources="aaab") == (3, "1 more quotation is not shown here.")
    assert shown("en", "en", "ko", "en", "en", "en") == (4, "2 more quotations are not shown here.")
    assert shown("en", "ko") == (2,)


def test_that_it_is_said_how_the_sources_were_read():
    rows = [Claim(f"c{number}", "e-down", "cause", words("it"), "it", source_id=source, evidence=evidence)
            for number, (source, evidence) in enumerate((
                ("s1", "document"), ("s1", "article"), ("s2", "relayed"), ("s3", "relayed"), ("s3", "article"),
                ("s4", "article"), ("", "article")))]
    dataset = tiny_dataset(claims=tuple(rows), quotes=())
    leads = [one.text for one in reading.know(moment("e-down", dataset=dataset), dataset, Setting("en"))
             if one.kind == "lead"]
    assert "2 of them were read as copies or translations." in leads
    assert "For 1 of them we have only the word of that article." in leads


def test_that_which_questions_are_disputed_is_said_by_their_short_names():
    leads = " ".join(one.text for one in reading.know(moment("dallas-iwatch-down"), SHOWN, Setting("en"))
                     if one.kind == "lead")
    assert "On 2 questions they do not agree: when, how long." in leads


def test_that_a_doubt_is_told_as_a_doubt_and_not_as_two_answers_of_which_one_is_wrong():
    claims = (Claim("a", "e-down", "cause", words("it was traffic"), "traffic", source_id="s-paper"),
              Claim("b", "e-down", "cause", words("was it?"), "traffic", source_id="s-other", attitude="doubts"))
    dataset = tiny_dataset(claims=claims, quotes=(), derived=())
    found = moment("e-down", dataset=dataset)
    known = [one.text for one in reading.know(found, dataset, Setting("en"))]
    assert found.is_disputed and "The sources do not agree on this." in known
    assert [one for one in known if one.startswith("1 source says: traffic") and one.endswith("; doubted")]
    assert "all be right" not in " ".join(known)


def test_that_an_answer_of_nobody_says_that_no_source_is_named():
    dataset = tiny_dataset(claims=(Claim("a", "e-down", "cause", words("it was"), "traffic"),), quotes=())
    known = [one.text for one in reading.know(moment("e-down", dataset=dataset), dataset, Setting("en"))]
    assert "traffic: no source is named" in known


def test_that_a_warning_says_nothing_that_is_wrong_where_staff_show_masked_tags():
    one = next(one for one in start_in().plan.moments if "hateful_tag" in one.flags)
    for dataset in (SHOWN, for_audience(open_dataset("june-2020"), "open_kiosk"), tiny_dataset()):
        assert "unless" in " ".join(block.text for block in reading.warning(one, dataset, Setting("en")))


def test_that_of_many_questions_and_reckonings_the_rest_is_counted():
    questions = tuple(Question("e-down", f"when_{number}", words(f"When {number}?"), "EDTF") for number in range(20))
    derived = tuple(Derived("e-down", "when_0", f"2020-06-{number + 1:02}", words("reckoned"), ("s-paper",))
                    for number in range(20))
    claims = tuple(Claim(f"c{number}", "e-down", f"when_{number}", words("then"), "2020-06-01", source_id="s-paper")
                   for number in range(20))
    dataset = tiny_dataset(questions=questions, derived=derived, claims=claims, quotes=())
    known = reading.know(moment("e-down", dataset=dataset), dataset, Setting("en"))
    notes = [one.text for one in known if one.kind == "note"]
    assert "and 8 more" in notes and "and 12 more" in notes
    assert len([one for one in known if one.kind == "head"]) == reading.MOST_QUESTIONS + 1


def test_that_ten_thousand_claims_and_endless_words_stay_readable():
    claims = tuple(Claim(f"c{number}", "e-down", "how_long", words("w " * 900 + f"{number}"), f"PT{number}H",
                         source_id="s-paper", line=number) for number in range(10_000))
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

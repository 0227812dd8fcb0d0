"""What an audience must not get is not there: in the dataset, in the zip, in any of its bytes."""
from __future__ import annotations

import json
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.base.problems import UserError
from timeline_app.engine import audience, build, check, story_file
from timeline_app.engine.audience import AUDIENCES, for_audience
from timeline_app.engine.dataset import open_dataset
from timeline_app.engine.masking import mask_of
from timeline_app.viewmodel import story as stories

MASK = mask_of({"Hateful", "#WhiteNoise"}, {"DallasPD"})
HANDLE, POST, QUOTED = "@secretfan99", "1268422690336935943", "a sentence that nobody is to read in a gallery"
TEXTS = {"events": ("title", "title.ko", "place", "place.ko"), "claims": ("text", "text.ko", "excerpt"),
         "questions": ("label", "label.ko"), "derived": ("text", "text.ko"), "quotes": ("text", "speaker"),
         "posts": ("basis",)}
PLANTED = f"Words #Hateful and ＃hate\u200bful by {HANDLE} at https://twitter.com/secretfan99/status/{POST}"


def all_bytes(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return b"\n".join(name.encode() + archive.read(name) for name in archive.namelist())


@pytest.fixture
def planted(package):
    """A canary in every field that holds words, in a story, a source and the manifest, and a withheld quotation."""
    for table, columns in TEXTS.items():
        for row in package.tables[table]:
            row |= {column: f"{row.get(column, '')} {PLANTED}" for column in columns if column in row}
    first = package.tables["quotes"][0]
    package.tables["quotes"].append({**first, "id": "q-2", "text": QUOTED, "flags": "profanity|minor"})
    package.tables["posts"].append({**package.tables["posts"][0], "post": "", "utc": "2020-06-01T10:00Z"})
    package.tables["events"][0]["hashtags"] = "Hateful|Fine"
    package.sources[0] |= {"title": PLANTED, "URL": f"https://x.com/secretfan99/status/{POST}", "note": PLANTED}
    package.series["title"] = {"en": PLANTED, "ko": PLANTED}
    package.timeline["lanes"][0]["title"] = {"en": PLANTED, "ko": PLANTED}
    package.timeline["vocabulary"]["fans"] = {"en": PLANTED, "ko": PLANTED}
    view = {"start": "2020-05-30", "end": "2020-06-05"}
    words = {"en": PLANTED, "ko": PLANTED}
    step = {"id": "one", "view": view, "headline": words, "sentence": words, "notes": words, "footnote": words,
            "events": ["request"], "sources": ["times"]}
    folder = package.write()
    (folder / "stories").mkdir()
    (folder / "stories" / "s.json").write_text(json.dumps({"id": "s", "title": words, "steps": [step]}))
    (folder / "notes.jsonl").write_text(json.dumps({"id": "n1", "start": "2020-06-01", "text": "my own note"}) + "\n")
    (folder / "secret.json").write_text(json.dumps({"who": HANDLE}))
    return folder


@pytest.mark.parametrize("whom", build.FOR)
def test_that_no_byte_of_a_build_holds_what_was_planted(planted, tmp_path, whom):
    output = tmp_path / "out.zip"
    build.build(planted, whom, output)
    data = all_bytes(output)
    text = data.decode()
    for reading in (text, json.dumps(text), quote(text)):
        assert "secretfan99" not in reading and POST not in reading and "my own note" not in reading
        assert QUOTED not in reading
    assert "#hateful" not in text.casefold() and "hate\u200bful" not in text
    assert b"secret.json" not in data and b"notes.jsonl" not in data


@pytest.mark.parametrize("whom", AUDIENCES)
def test_that_no_value_of_the_dataset_of_an_audience_holds_what_was_planted(planted, whom):
    seen = repr(for_audience(open_dataset(planted), whom))
    assert "secretfan99" not in seen and POST not in seen and QUOTED not in seen and "my own note" not in seen
    assert (HANDLE in seen) is False and ("#Hateful" in seen) == (whom in ("open_talk", "open_kiosk"))


@pytest.mark.parametrize("whom", build.FOR)
def test_that_a_build_of_june_2020_opens_without_fault_as_the_dataset_of_its_audience(tmp_path, whom):
    output = tmp_path / "june.zip"
    build.build("june-2020", whom, output)
    assert check.check(output) == ()
    built, wanted = open_dataset(output), for_audience(open_dataset("june-2020"), whom, False)
    for name in ("events", "questions", "derived", "quotes", "posts", "stories", "sources"):
        assert getattr(built, name) == getattr(wanted, name), name
    assert [replace(one, line=0) for one in built.claims] == [replace(one, line=0) for one in wanted.claims]
    assert {one.id for one in built.stories} == {"the-week", "five-hours-or-seventeen", "kiosk"}
    assert not [found for told in built.stories for step in told.steps for found in stories.missing(step, built)]


def test_that_the_same_dataset_gives_the_same_bytes(tmp_path):
    one, other = tmp_path / "a.zip", tmp_path / "b.zip"
    build.build("june-2020", "kiosk", one)
    build.build("june-2020", "kiosk", other)
    assert one.read_bytes() == other.read_bytes()


def test_that_a_build_says_for_whom_it_is_and_how_much_was_left_out(tmp_path):
    output = tmp_path / "june.zip"
    made = build.build("june-2020", "classroom", output)
    with zipfile.ZipFile(output) as archive:
        told = json.loads(archive.read("datapackage.json"))["timeline"]["built"]
    assert told["for"] == "classroom" and told["from"].startswith("sha256:")
    assert told["left_out"] == dict(made.left_out) and told["left_out"]["recollection"] == 4


def test_that_nothing_is_written_where_something_would_leak(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "_text", lambda name, data, work: b"see #WhiteLivesMatter")
    with pytest.raises(UserError) as told:
        build.build("june-2020", "kiosk", tmp_path / "out.zip")
    assert told.value.code == "build_leaks" and not (tmp_path / "out.zip").exists()


def test_that_only_a_package_can_be_built_and_only_for_an_audience(tmp_path, package):
    single = tmp_path / "events.csv"
    single.write_text("title,edtf\nSomething,2020\n")
    for path, whom, code in ((single, "kiosk", "not_a_package"), (package.write(), "everybody", "unknown_audience")):
        with pytest.raises(UserError) as told:
            build.build(path, whom, tmp_path / "out.zip")
        assert told.value.code == code
    with pytest.raises(UserError):
        for_audience(open_dataset("june-2020"), "everybody")


@given(st.sampled_from(("", "#", "＃")), st.lists(st.booleans(), min_size=7, max_size=7), st.integers(0, 7),
       st.sampled_from((" ", "", "를 ", ".", "!", "\n")), st.sampled_from(("", "\u200b", "\u0301")))
def test_that_a_tag_is_masked_however_it_is_written(sign, capitals, at, after, within):
    tag = "".join(one.upper() if big else one for one, big in zip("hateful", capitals, strict=True))
    written = f"see {sign}{tag[:at] + within + tag[at:]}{after}and more"
    if not after:
        assert MASK.of(f"see {sign}{tag}dom") == f"see {sign}{tag}dom"  # a longer word is another
        return
    assert MASK.of(written) == f"see [hidden hateful hashtag]{after}and more"


@pytest.mark.parametrize("text", ["#Hаteful", "#ℋateful", "#hateful", "#HATÉFUL"])
def test_that_letters_that_look_the_same_hide_no_tag(text):
    assert MASK.of(text) == "[hidden hateful hashtag]"


@pytest.mark.parametrize("text", ["White noise is a sound", "hatefully", "a@b.example", "@DallasPD says",
                                  "https://twitter.com/DallasPD", "id:1268422690336935943", "9102 posts in 2020",
                                  "https://news.example/20200603123456789"])
def test_that_what_may_be_read_is_left_as_it_is(text):
    assert MASK.of(text) == text


def test_that_a_mask_is_said_in_the_language_of_its_text():
    assert MASK.of("#Hateful", "ko") == "[가려진 혐오 해시태그]" and MASK.of("@somebody_9", "ko") == "[개인 계정]"


def test_that_a_dataset_without_anything_to_hide_stays_as_it_is():
    bare = open_dataset("june-2020")
    bare = replace(bare, meta=replace(bare.meta, masked_tags={}), quotes=(), posts=(), claims=(), questions=())
    assert for_audience(bare, "talk").events == bare.events


def test_that_every_audience_has_a_policy():
    assert set(audience.POLICY) == set(AUDIENCES) and set(build.FOR) < set(AUDIENCES)
    assert story_file.FOLDER == build.STORIES


@pytest.mark.parametrize("whom", build.FOR)
def test_that_figures_and_answers_name_no_private_account(package, tmp_path, whom):
    package.counts = "start,value,excerpt,use\n2020-06-02T08:00:00Z,2,as @secretfan99 counted,original\n"
    package.tables["claims"][1]["answer"] = HANDLE
    package.tables["questions"][1]["unit"] = "actor"
    output = tmp_path / "out.zip"
    build.build(package.write(), whom, output)
    assert b"secretfan99" not in all_bytes(output)
    assert len(open_dataset(output).series[0].start) == 1
    wanted = for_audience(open_dataset(package.folder), whom, False)
    assert open_dataset(output).claims[-1].answer == wanted.claims[-1].answer


@pytest.mark.parametrize("text", ["＠secretfan99", "@secret\u200bfan99", "@\u2060secretfan99", "@SecretFan99",
                                  "﹫secretfan99", "@ｓｅｃｒｅｔｆａｎ９９", "@se\u0301cretfan99",
                                  "@\u0301secretfan99", "@sécretfan99",
                                  "@secretf\u0430n99", "\u0301@secretfan99"])
def test_that_a_handle_is_masked_however_it_is_written(text):
    assert MASK.of(f"see {text}") == "see [a private account]"
    assert MASK.of(f"see {text}, (.{text}) -{text}를") == (
        "see [a private account], (.[a private account]) -[a private account]를")


@given(st.integers(0, 11), st.sampled_from(("", "\u200b", "\u00ad", "\u0301", "\u202e")), st.booleans(), st.booleans(),
       st.sampled_from(("", " ", "。", "를 ", ".", "-", "/", "(", "#")), st.sampled_from((" ", "를 ", "!", "\n", "。")))
def test_that_no_part_of_a_handle_stays(at, within, is_wide, is_large, before, after):
    handle = "secretfan99"[:at] + within + "secretfan99"[at:]
    handle = "".join(chr(ord(one) + 0xFEE0) for one in handle) if is_wide and not within else handle
    written = f"{before}@{handle.upper() if is_large else handle}{after}and @DallasPD"
    assert MASK.of(written) == f"{before}[a private account]{after}and @DallasPD"


def test_that_a_mark_on_a_letter_that_stays_is_kept():
    assert MASK.of("cafe\u0301#hateful, cafe\u0301 @secretfan99") == (
        "cafe\u0301[hidden hateful hashtag], cafe\u0301 [a private account]")


def test_that_a_number_of_a_post_is_left_out_in_any_width():
    wide = "".join(chr(ord(one) + 0xFEE0) for one in POST)
    assert MASK.of(f"see {wide} and 1268\u200b{POST[4:]}") == "see … and …"
    assert MASK.of(f"https://twitter.com/DallasPD/status/{POST}") == "https://twitter.com/DallasPD/status/…"


@pytest.mark.parametrize("text", ["#" * 50_000, "@" * 50_000, "\u0301" * 50_000, "e\u0301#" * 20_000, "9" * 50_000])
def test_that_a_hostile_text_is_masked_in_no_time(text):
    began = time.process_time()
    MASK.of(text + "hateful @secretfan99")
    assert time.process_time() - began < 2


@pytest.mark.parametrize("text", ["by %40secretfan99", "https%3A%2F%2Ftwitter.com%2Fsecretfan99", "&#64;secretfan99",
                                  "%23Hateful"])
def test_that_nothing_is_written_where_something_hidden_is_escaped(package, tmp_path, text):
    package.tables["events"][0]["title"] = text
    with pytest.raises(UserError) as told:
        build.build(package.write(), "kiosk", tmp_path / "out.zip")
    assert told.value.code == "build_leaks" and not (tmp_path / "out.zip").exists()


@pytest.mark.parametrize("whom", AUDIENCES)
def test_that_a_page_of_links_to_violence_has_no_address(whom):
    dataset = open_dataset("june-2020")
    made = for_audience(dataset, whom).sources
    assert dataset.sources["pb-texas"].url and not made["pb-texas"].url and made["pb-texas"].title
    assert made["uproxx"].url


def test_that_nothing_is_written_where_a_key_is_a_private_handle(package, tmp_path):
    package.timeline["vocabulary"]["secretfan99"] = {"en": HANDLE}
    with pytest.raises(UserError) as told:
        build.build(package.write(), "classroom", tmp_path / "out.zip")
    assert told.value.code == "build_leaks"


def test_that_a_build_has_no_translation_that_awaits_readers_unless_it_is_kept(tmp_path):
    plain, kept = tmp_path / "plain.zip", tmp_path / "kept.zip"
    made = build.build("june-2020", "kiosk", plain)
    build.build("june-2020", "kiosk", kept, keeps_awaiting=True)
    assert dict(made.left_out)["translation"] == 1 and open_dataset(plain).meta.languages == ("en",)
    found = open_dataset(kept)
    assert found.meta.languages == ("en", "ko") and found.meta.awaiting_readers == {"ko"}
    assert found.stories[0].title.say("ko") != found.stories[0].title.text and check.check(kept) == ()
    assert not any("가" <= letter <= "힣" for story in open_dataset(plain).stories for step in story.steps
                   for letter in step.sentence.text + step.sentence.say("ko"))

"""A format is recognised by content; a file without tweets is refused with a sentence in both languages."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_app.base.text import LANGUAGES, catalogue
from timeline_app.engine.tweets.readers.sniff import HEAD, Shape, sniff
from tweets.readers.made import jsonl, page, tweet_id, v2, v11

IDS = b"".join(b"%d\n" % tweet_id(number) for number in range(30))


@pytest.mark.parametrize(("head", "shape"), [
    (jsonl(page(v2(1, "x"))), ("v2", "lines")),
    (jsonl(page(*(v2(number, "x" * 500) for number in range(200))))[:HEAD], ("v2", "lines")),
    (jsonl({"data": v2(1, "x"), "matching_rules": []}), ("v2", "lines")),
    (jsonl(v2(1, "x"), v2(2, "y")), ("v2", "lines")),
    (jsonl({"errors": [{"title": "x"}]}), ("v2", "lines")),
    (b'{"data": [}\n' + jsonl(page(v2(1, "x"))), ("v2", "lines")),
    (json.dumps([v2(1, "x"), v2(2, "x")]).encode(), ("v2", "array")),
    (jsonl(v11(1, "x")), ("v11", "lines")),
    (jsonl({"delete": {"status": {}}}), ("v11", "lines")),
    (b"\xef\xbb\xbf" + json.dumps([v11(1, "x")], indent=1).encode(), ("v11", "array")),
    (json.dumps(v11(1, "x"), indent=1).encode(), ("v11", "objects")),
    (json.dumps({"statuses": [v11(1, "x")]}).encode(), ("v11", "inner_array")),
    (b"window.YTD.tweets.part0 = [ {", ("archive", "script")),
    (b"window.YTD.tweet.part12 = [\n", ("archive", "script")),
    (b"Grailbird.data.tweets_2013_01 =\n [ {", ("archive", "script")),
    (b"phrase,gap_start,gap_end\n", ("tcat_gaps", "table")),
    (IDS, ("ids", "lines"))], ids=range(17))
def test_that_a_format_is_recognised_by_its_content(head, shape):
    assert sniff(head) == Shape(*shape)


@pytest.mark.parametrize(("head", "refusal"), [
    (b"", "empty"), (b" \r\n", "empty"), (b"[]", "empty"),
    (jsonl({"data": [{"id": "1", "username": "fan-1", "public_metrics": {}}]}), "users"),
    (b'{"users": [{"id": "1"}]}', "users"), (jsonl({"id_str": "1", "screen_name": "fan-1"}), "users"),
    (jsonl({"_type": "snscrape.modules.twitter.User", "id": 1}), "users"),
    (b"user_id\n12\n13\n", "user_ids"),
    (jsonl({"data": [{"id": "1", "name": "a", "owner_id": "2", "member_count": 3}]}), "lists"),
    (jsonl({"data": [{"start": "a", "end": "b", "tweet_count": 4}], "meta": {}}), "counts"),
    (b"\n" + jsonl({"id": "1", "action": "delete", "created_at": "2019"}), "compliance"),
    (b"window.YTD.direct_messages.part0 = [", "private_part"), (b"window.YTD.tweet_headers.part0 = [", "private_part"),
    (IDS.replace(b"\n", b"\r"), "no_line_feed"), (b"id,text\r%d,x\r" % tweet_id(1), "no_line_feed"),
    (IDS.decode().encode("utf-16-be"), "no_byte_order_mark"), (IDS.decode().encode("utf-32-le"), "no_byte_order_mark"),
    (b"\0", "unknown"), (b"\0" * 70_000, "unknown"),
    (b"a sentence\nand another\n", "unknown"), (b'{"a": 1}', "unknown"), (b"[1, 2]", "unknown"),
    (b"{" * 70_000, "unknown"), (b'{"a":' * 10_000, "unknown"), (b'["' + b"\\" * 70_000, "unknown")], ids=range(25))
def test_that_a_file_without_tweets_is_refused_with_a_sentence(head, refusal):
    assert sniff(head) == Shape(refusal=refusal)
    for language in LANGUAGES:
        assert catalogue(language).get(f"tweet_readers.{refusal}").endswith((".", "다."))


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=300) | st.text(alphabet='{}[]",:\\ \nabu0', max_size=80).map(str.encode))
def test_that_no_beginning_stops_it(head):
    shape = sniff(head)
    assert bool(shape.kind) != bool(shape.refusal)


@pytest.mark.parametrize("whole", [jsonl(page(v2(1, "x #a, {", "a"), v2(2, "y"))), jsonl(v11(1, 'a "b" \\ ', "c"))])
def test_that_a_format_is_recognised_wherever_its_beginning_is_cut(whole):
    kind = sniff(whole).kind
    assert {sniff(whole[:end]).kind for end in range(200, len(whole), 3)} == {kind}

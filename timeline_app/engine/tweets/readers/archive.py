"""A personal archive of the platform: which of its files may be read at all. Their tweets are read by `v11`.

`data/tweets.js` (and its parts, and the older names) is a script that gives an array a name: everything up to the first
"=" is dropped and never run. Messages, addresses and contacts lie in the same archive; no name of theirs is here.
"""

from __future__ import annotations

import re

_NAMED = re.compile(r"(?:.*/)?data/(?:tweets?(?:-part[0-9]{1,4})?|js/tweets/[0-9]{4}_[0-9]{2})\.js")
_ARRAY = re.compile(rb"\s*(?:window\.YTD\.tweets?\.part[0-9]{1,4}|Grailbird\.data\.tweets_[0-9]{4}_[0-9]{2})\s*=\s*\[")
SCRIPT = re.compile(rb"\s*(?:window\.YTD\.|Grailbird\.data\.)")


def is_tweet_file(name: str) -> bool:
    """Whether a file of the archive, by its path with slashes, is one of those that may be read."""
    return _NAMED.fullmatch(name) is not None


def holds_tweets(head: bytes) -> bool:
    """Whether a script begins as the array of tweets does; every other script of an archive is left alone."""
    return _ARRAY.match(head) is not None

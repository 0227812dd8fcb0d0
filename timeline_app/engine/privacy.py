"""What may not be in a dataset's bytes: names of private accounts, addresses of their posts, and bare long
numbers.

Masking on screen protects nobody, so every file is searched, addresses and escaped forms included. Only
accounts that the manifest lists may be written.
"""
from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import unquote

from timeline_app.base.problems import Problem
from timeline_app.base.safe_io import readable
from timeline_app.engine.tables import Table

_SIGN = re.compile(r"[@%&]|\.com|\\u", re.IGNORECASE)
_HIDDEN = re.compile("[\u200b-\u200f\u2060\u00ad\ufeff]")
HANDLE = re.compile(r"(?<![A-Za-z0-9_])@([A-Za-z0-9_](?:[A-Za-z0-9_.]{0,28}[A-Za-z0-9_])?)")
ACCOUNT_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9-])(?:twitter|x|instagram|tiktok)\.com(?::[0-9]{1,5})?/+@?([A-Za-z0-9_.]{1,30})",
    re.IGNORECASE)
_LONG_NUMBER = re.compile(r"(?<![0-9.])[0-9]{15,19}(?![0-9])")
_WEB_ADDRESS = re.compile(r"https?://\S{1,2000}")
# Pages of the platforms that belong to nobody. A post address without its account ("i/status/") is not one.
PAGES = frozenset({
    "hashtag", "search", "explore", "tag", "tags", "home", "about", "privacy", "tos", "music", "legal"})


def account_problems(files: Mapping[str, bytes], accounts: frozenset[str]) -> Iterator[Problem]:
    """Every account name and account address that is not listed, with its file and line, once a line."""
    for file, data in files.items():
        text = data.decode("latin-1") if b"\0" in data[:8_192] else readable(data, file)[0]
        is_picture = b"\0" in data[:8_192]
        for number, line in enumerate(text.split("\n"), 1):
            if not line.isascii() or _SIGN.search(line):
                yield from _line_problems(file, number, line, accounts, is_picture)


def _line_problems(file: str, number: int, line: str, accounts: frozenset[str], is_picture: bool
                   ) -> Iterator[Problem]:
    seen: set[str] = set()
    for text in _readings(line):
        found = [("private_address", match[1]) for match in ACCOUNT_ADDRESS.finditer(text)]
        found += [] if is_picture else [("private_account", match[1]) for match in HANDLE.finditer(text)]
        for code, name in found:
            plain = name.rstrip(".").casefold()
            is_page = not plain or (code == "private_address" and plain in PAGES)  # "…" stands for a name taken out
            if not is_page and plain not in accounts and plain not in seen:
                seen.add(plain)
                yield Problem("error", code, file, number, args=(("account", _shortened(name)),))


def _readings(line: str) -> Iterator[str]:
    """The line as written, and as it reads once its escapes are undone."""
    plain = _HIDDEN.sub("", unicodedata.normalize("NFKC", line))
    yield plain
    if "%" in plain:
        yield unquote(unquote(plain))
    if "&" in plain:
        yield unescape(plain)
    if "\\u" in plain:
        yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda escape: chr(int(escape[1], 16)), plain)


def _shortened(name: str) -> str:
    """Enough of a name to find it again; a report is passed on, and should not carry the name."""
    return f"{name[:2]}..." if len(name) > 2 else "..."


def number_problems(tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Numbers of 15 to 19 digits in a cell: alone they lose digits in a spreadsheet, in a text they may be a
    post's.

    `id:` before a number in the column of posts is the way to write one; addresses are searched for accounts
    instead.
    """
    for name, table in tables.items():
        for row in table.rows:
            for column in table.header.columns:
                cell = row.text(column)
                if len(cell) < 15 or not _LONG_NUMBER.search(cell):
                    continue
                is_post = name == "posts" and column == "post"
                if _LONG_NUMBER.fullmatch(cell):
                    yield row.problem("long_number", column)
                elif not is_post and _LONG_NUMBER.search(_WEB_ADDRESS.sub("", cell)):
                    yield row.problem("number_in_text", column, severity="warning")


def repeated_members(files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Members that stand twice in one object of a JSON file: the first is lost without a word."""
    for file, data in files.items():
        if not file.endswith(".json"):
            continue
        twice: list[str] = []

        def note(pairs: list[tuple[str, object]], twice: list[str] = twice) -> dict[str, object]:
            number = Counter(name for name, _ in pairs)
            twice += [name for name, times in number.items() if times > 1]
            return {}

        try:
            json.loads(readable(data, file)[0], object_pairs_hook=note)
        except (ValueError, RecursionError):
            continue  # reported when it was read
        for name in dict.fromkeys(twice):
            yield Problem("warning", "member_twice", file, 0, 0, name[:200])

"""File names from data: letters of every system, not too long, no device."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.base.file_name import slug


@pytest.mark.parametrize(("text", "made"), [
    ("by-sunrise", "by-sunrise"), ("The week", "The-week"), ("../../etc/passwd", "etc-passwd"), ("Café", "Cafe"),
    ("그 한 주", "story"), ("", "story"), ("-rf", "rf"), ("CON", "story-CON"), ("lpt1", "story-lpt1"),
    ("a" * 100, "a" * 64), (".hidden", "hidden"), ("a\0b\nc", "a-b-c")])
def test_that_a_name_is_made_of_plain_letters(text, made):
    assert slug(text) == made


@given(st.text())
def test_that_any_text_is_a_name_on_every_system(text):
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,79}", slug(text))

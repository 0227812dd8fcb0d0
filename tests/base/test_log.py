"""A line of the log is one line, whatever stands in it."""

from __future__ import annotations

import io
import logging

import pytest

from timeline_app.base.log import NAME, set_up, visible


@pytest.fixture
def stream():
    out = io.StringIO()
    logger = set_up(out, logging.INFO)
    yield out
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
    logger.propagate = True
    logger.setLevel(logging.NOTSET)


def test_that_no_text_forges_a_line_or_steers_a_terminal(stream):
    logging.getLogger(f"{NAME}.room").info("read %s", "a\nERROR all is lost\x1b[2J\u202e")
    assert stream.getvalue().count("\n") == 1
    assert "\\u000aERROR all is lost\\u001b[2J\\u202e" in stream.getvalue()


def test_that_a_traceback_keeps_its_lines(stream):
    try:
        raise ValueError("no")
    except ValueError:
        logging.getLogger(NAME).exception("failed")
    assert stream.getvalue().count("\n") > 3


def test_that_a_second_set_up_does_not_double_the_lines(stream):
    set_up(stream, logging.INFO)
    logging.getLogger(NAME).info("once")
    assert stream.getvalue().count("once") == 1


@pytest.mark.parametrize("text", ["plain 한국", "tab\t", "\ud83d", "\u2028"])
def test_that_visible_text_can_be_printed_on_one_line(text):
    assert len(visible(text).encode().splitlines()) == 1

"""Notes for the person who repairs a machine: plain lines on a stream. Never a text from data, a name or a
handle.

Control characters are written as escapes, so that no line can forge another or steer a terminal.
"""
from __future__ import annotations

import logging
import re
import sys
from typing import TextIO

NAME = "timeline_app"
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class _Line(logging.Formatter):
    """One record, one line; the lines of a traceback are kept as such."""

    def format(self, record: logging.LogRecord) -> str:
        return "\n".join(visible(line) for line in super().format(record).split("\n"))

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = visible(record.message)
        return super().formatMessage(record)


def line_format() -> logging.Formatter:
    """How a record becomes a line, wherever it is written."""
    return _Line("%(asctime)s %(levelname)s %(name)s: %(message)s")


def visible(text: str) -> str:
    """The text with every control, bidi and surrogate character written as its escape."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def set_up(stream: TextIO | None = None, level: int = logging.WARNING) -> logging.Logger:
    """The app's logger, writing to the stream (standard error if none); a second call replaces the first."""
    logger = logging.getLogger(NAME)
    for old in list(logger.handlers):
        logger.removeHandler(old)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(line_format())
    logger.addHandler(handler)
    logger.setLevel(level)
    logger.propagate = False
    return logger

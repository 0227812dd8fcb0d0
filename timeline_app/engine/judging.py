"""Words that judge, in titles and headlines: whether somebody flooded, took over or crashed something is a claim."""
from __future__ import annotations

import re

_TAG = re.compile(r"[#＃]\w+")
_JUDGED = re.compile(
    r"\b(flooded|flooding|took over|takes over|taken over|taking over|hijack\w*|crash(?:ed|es|ing)|"
    r"troll(?:s|ed|ing)?|riot(?:s|ed|ing|ers?)?)\b|폭동", re.IGNORECASE)


def judged(text: str) -> str:
    """The first word of a title that judges, or "". Hashtags are quoted as they are."""
    found = _JUDGED.search(_TAG.sub("", text))
    return found[0] if found else ""

"""Names of files that are made from data: letters that every system takes, not too long, and no name of a device."""
from __future__ import annotations

import re
import unicodedata

LONGEST = 64
_OTHER = re.compile(r"[^A-Za-z0-9_]+")
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)


def slug(text: str, otherwise: str = "story") -> str:
    """A text as part of a file name: ASCII letters, digits, dash and underline, at most 64 of them; accents go, what is
    left empty or names a device of Windows becomes or gets another word."""
    plain = unicodedata.normalize("NFKD", text[: 8 * LONGEST]).encode("ascii", "ignore").decode("ascii")
    made = _OTHER.sub("-", plain).strip("-")[:LONGEST].strip("-")
    if not made:
        return otherwise
    return f"{otherwise}-{made}" if _DEVICE.fullmatch(made) else made

"""Tags as they are compared. How they are written is kept beside that; which look alike is in `look_alikes`."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(1 << 16)
def compared(tag: str) -> str:
    """A tag as tags are compared: without #, composed, case folded. Look-alike scripts stay different."""
    plain = unicodedata.normalize("NFC", tag.lstrip("#＃"))
    return unicodedata.normalize("NFC", plain.casefold())

"""Colours by role, for each theme, and the palette and style sheet that dress Qt's own widgets in them.

The values are files in resources/themes (design/look.md names the roles); a test measures their contrast.
"""
from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache

from PySide6.QtGui import QColor, QPalette

from timeline_app.base import resources

THEMES = ("paper", "gallery", "contrast")


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme: "#RRGGBB" by role. `free` are the colours of free categories, those of Okabe and Ito ("Color Universal
    Design", 2008) without black and yellow, on paper as dark as marks there have to be; `rest` is what none of them is.
    """

    name: str
    dark: bool
    ground: str
    panel: str
    hairline: str
    half_rule: str
    chip: str
    ink: str
    muted: str
    faint: str
    interaction: str
    counted: str
    hijacked: str
    original: str
    asking: str
    down: str
    original_text: str
    hijacked_text: str
    free: tuple[str, ...]
    rest: str

    def role(self, role: str) -> str:
        """The colour of a role by name; "free0", "free1" ... give the free categories, an unknown role the ink."""
        if role.startswith("free"):
            return self.free[int(role[4:] or 0) % len(self.free)]
        return getattr(self, role, self.ink)


@cache
def palette(name: str) -> Colours:
    """The colours of a theme; an unknown name gives paper."""
    known = name if name in THEMES else THEMES[0]
    told = json.loads(resources.path("themes", f"{known}.json").read_text(encoding="utf-8"))
    return Colours(**told | {"free": tuple(told["free"])})


@lru_cache(maxsize=1024)
def colour(value: str, alpha: float = 1.0) -> QColor:
    """A QColor of "#RRGGBB" with an opacity of 0 to 1. It is kept for the next who asks: nobody changes it."""
    made = QColor(value)
    made.setAlphaF(alpha)
    return made


def mixed(front: str, back: str, share: float) -> str:
    """`share` of the front colour laid over the back colour, opaque, as "#RRGGBB"."""
    one, two = QColor(front), QColor(back)
    parts = [round(a * share + b * (1 - share)) for a, b in zip(one.getRgb()[:3], two.getRgb()[:3], strict=True)]
    return "#{:02X}{:02X}{:02X}".format(*parts)


def qt_palette(colours: Colours) -> QPalette:
    """Qt's palette in these colours, set by ourselves because QStyleHints.setColorScheme is ignored in places."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.ground, QPalette.ColorRole.Base: colours.panel,
        QPalette.ColorRole.AlternateBase: colours.chip, QPalette.ColorRole.Button: colours.chip,
        QPalette.ColorRole.WindowText: colours.ink, QPalette.ColorRole.Text: colours.ink,
        QPalette.ColorRole.ButtonText: colours.ink, QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Highlight: colours.interaction, QPalette.ColorRole.HighlightedText: colours.panel,
        QPalette.ColorRole.Link: colours.interaction, QPalette.ColorRole.LinkVisited: colours.interaction,
        QPalette.ColorRole.ToolTipBase: colours.panel, QPalette.ColorRole.ToolTipText: colours.ink,
        QPalette.ColorRole.Mid: colours.hairline, QPalette.ColorRole.Dark: colours.half_rule,
    }
    for role, value in roles.items():
        made.setColor(role, QColor(value))
    return made


def style_sheet(colours: Colours) -> str:
    """The style sheet of the window: chips, fields, menus, scroll bars, focus rings. No data text enters it."""
    template = resources.path("themes", "window.qss").read_text(encoding="utf-8")
    for role in sorted(Colours.__slots__, key=len, reverse=True):
        template = template.replace(f"@{role}@", str(getattr(colours, role)))
    return template.replace("@hover@", mixed(colours.ink, colours.chip, 0.08))

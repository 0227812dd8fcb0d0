"""Lists and texts that are scrolled by a finger, with a flick, as people expect of a touch screen. The timeline itself
has its own fingers, in `touch`.
"""
from __future__ import annotations

from PySide6.QtWidgets import QAbstractScrollArea, QScroller, QScrollerProperties

_METRICS = QScrollerProperties.ScrollMetric
_NEVER = QScrollerProperties.OvershootPolicy.OvershootAlwaysOff


def scroll_by_finger(area: QAbstractScrollArea) -> None:
    """Let a finger scroll an area; a mouse selects and presses in it as before. Nothing is pulled beyond its end."""
    QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.TouchGesture)
    scroller = QScroller.scroller(area.viewport())
    properties = scroller.scrollerProperties()
    for metric in (_METRICS.HorizontalOvershootPolicy, _METRICS.VerticalOvershootPolicy):
        properties.setScrollMetric(metric, _NEVER)
    scroller.setScrollerProperties(properties)

"""The picture in the README is what the app draws now; how the words are edged may differ from system to system.

Both are compared as blocks of 8 by 8 px in grey, so that a moved label is seen and a smoothed edge is not.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage

from ground import tree
from journeys.conftest import FULL
from timeline_app.qt import export

PICTURE = tree.ROOT / "docs" / "explore-paper.png"
OUTAGE = "dallas-iwatch-down"
ANEW = f"python3 dev.py run snapshot june-2020 -o docs/explore-paper.png --select {OUTAGE}"
BLOCK = 8
NOTICED = 24.0  # grey levels, of 255
MOST = 0.004  # of all blocks; a sentence of the pane is about as much


def blocks(image: QImage) -> np.ndarray:
    """float64[rows, columns]: the mean grey of each block."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    high, wide = grey.height(), grey.width()
    levels = np.frombuffer(grey.constBits(), np.uint8).reshape(high, grey.bytesPerLine())[:, :wide]
    whole = levels[: high // BLOCK * BLOCK, : wide // BLOCK * BLOCK]
    return whole.reshape(high // BLOCK, BLOCK, wide // BLOCK, BLOCK).mean(axis=(1, 3))


def unlike(one: QImage, other: QImage) -> float:
    """The share of blocks that a reader would see to be different."""
    return float((np.abs(blocks(one) - blocks(other)) > NOTICED).mean())


def test_that_the_picture_of_the_readme_is_what_the_app_draws(opened):
    kept, drawn = QImage(str(PICTURE)), export.image(opened(FULL, select=OUTAGE))
    assert kept.size() == drawn.size(), f"make the picture anew: {ANEW}"
    share = unlike(kept, drawn)
    assert share <= MOST, f"{share:.2%} of docs/explore-paper.png is out of date; make it anew: {ANEW}"


def test_that_another_selection_would_be_seen(opened):
    assert unlike(QImage(str(PICTURE)), export.image(opened(FULL))) > MOST


def test_that_the_readme_shows_the_picture():
    assert "](docs/explore-paper.png)" in (tree.ROOT / "README.md").read_text(encoding="utf-8")

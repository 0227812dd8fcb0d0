"""The binding survives what the app does all day: PySide6 6.12.0 loses a reference to None on each void call.

It then aborts after a few thousand of them on Python 3.11; a child process must come out with status 0.
"""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
from PySide6.QtCore import QObject
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QWidget

class Canvas(QWidget):
    painted = 0

    def paintEvent(self, event):
        painter = QPainter(self)
        painter.fillRect(self.rect(), 0xFFF6F1E7)
        painter.drawLine(0, 0, self.width(), self.height())
        painter.end()
        Canvas.painted += 1

app = QApplication([])
thing = QObject()
for number in range(20_000):
    assert thing.setObjectName("lane") is None
canvas = Canvas()
canvas.resize(160, 90)
canvas.show()
app.processEvents()
for number in range(5_000):
    canvas.repaint()
print(Canvas.painted)
"""


def test_that_20_000_void_calls_and_5_000_repaints_end_with_status_0():
    child = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, encoding="utf-8")
    assert child.returncode == 0, child.stderr
    assert int(child.stdout) >= 5_000

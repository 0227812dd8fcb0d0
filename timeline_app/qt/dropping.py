"""What somebody dropped on the window, as paths of this computer: nothing is looked at here, not even whether it is
there, because a path can lead to a device or a sleeping server.
"""
from __future__ import annotations

from PySide6.QtCore import QMimeData, QUrl


def paths_of(data: QMimeData) -> tuple[str, ...]:
    """The local paths among what was dropped, each once. An address of another host is none."""
    found = [_local(url) for url in data.urls()] if data.hasUrls() else []
    return tuple(dict.fromkeys(path for path in found if path))


def _local(url: QUrl) -> str:
    if not url.isLocalFile() or url.host():
        return ""
    path = url.toLocalFile()
    return "" if path.startswith(("//", "\\\\")) or "\0" in path else path

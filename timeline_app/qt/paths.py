"""Paths that come in, dropped on the window or chosen in a dialog of the system. Nothing is looked at here, not even
whether it is there, because a path can lead to a device or a sleeping server.
"""
from __future__ import annotations

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QFileDialog, QWidget

from timeline_app.base.text import Texts


def dropped(data: QMimeData) -> tuple[str, ...]:
    """The local paths among what was dropped, each once. An address of another host is none."""
    found = [_local(url) for url in data.urls()] if data.hasUrls() else []
    return tuple(dict.fromkeys(path for path in found if path))


def _local(url: QUrl) -> str:
    if not url.isLocalFile() or url.host():
        return ""
    path = url.toLocalFile()
    return "" if path.startswith(("//", "\\\\")) or "\0" in path else path


def ask_files(parent: QWidget, texts: Texts) -> tuple[str, ...]:
    """Files that a person chooses, of any kind: what they are is found out by looking."""
    chosen, _ = QFileDialog.getOpenFileNames(parent, texts.get("cite.open_title"), "",
                                             f"{texts.get('opening.all_files')} (*)")
    return tuple(chosen)


def ask_folder(parent: QWidget, texts: Texts) -> tuple[str, ...]:
    """A folder that a person chooses."""
    chosen = QFileDialog.getExistingDirectory(parent, texts.get("opening.folder_title"))
    return (chosen,) if chosen else ()

"""Of what is dropped, only paths of this computer are taken, as they are and unlooked at."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QUrl

from timeline_app.qt import paths


def data(*addresses: str) -> QMimeData:
    made = QMimeData()
    made.setUrls([QUrl(one) for one in addresses])
    return made


def test_that_local_paths_come_once_and_in_order():
    assert paths.dropped(data("file:///a/-b.csv", "file:///c%20d", "file:///a/-b.csv")) == ("/a/-b.csv", "/c d")


@pytest.mark.parametrize("address", ["http://host/a.csv", "file://host/share/a.csv", "smb://host/a", "data:text/csv,1",
                                     "file:////host/share/a.csv", "a.csv", ""])
def test_that_addresses_of_other_hosts_are_none(address):
    assert paths.dropped(data(address)) == ()


def test_that_text_is_no_path():
    made = QMimeData()
    made.setText("/etc/passwd")
    assert paths.dropped(made) == ()

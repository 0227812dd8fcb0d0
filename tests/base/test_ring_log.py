"""The log of a kiosk stays within its two files and goes on through every fault of the disk (K24, K25)."""

from __future__ import annotations

import errno
import logging
import os
import shutil
from pathlib import Path

import pytest

from timeline_app.base import ring_log
from timeline_app.base.log import NAME
from timeline_app.base.ring_log import MOST_BYTES, RingLog

NEWER, OLDER = "kiosk.log", "kiosk.1.log"


@pytest.fixture
def written(tmp_path):
    """A logger that writes into `folder`; a file may take 2,000 bytes."""
    logger, handler = logging.getLogger(f"{NAME}.tried"), RingLog(tmp_path / "kept" / NEWER, 2_000)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    yield logger, handler, tmp_path / "kept"
    logger.removeHandler(handler)
    logger.propagate = True
    logger.setLevel(logging.NOTSET)


def lines(folder: Path) -> list[str]:
    """All that is kept, the oldest first."""
    files = [folder / name for name in (OLDER, NEWER) if (folder / name).exists()]
    return [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def messages(folder: Path) -> list[str]:
    return [line.rpartition(": ")[2] for line in lines(folder)]


def test_that_a_ring_is_of_ten_megabytes():
    assert MOST_BYTES == 5_000_000


def test_that_the_ring_keeps_the_newest_lines_within_two_files(written):
    logger, handler, folder = written
    for number in range(500):
        logger.info("line %d", number)
        assert sorted(os.listdir(folder)) in ([NEWER], sorted([NEWER, OLDER]))
        assert max((folder / name).stat().st_size for name in os.listdir(folder)) <= 2_000
    kept = messages(folder)
    assert kept == [f"line {number}" for number in range(500 - len(kept), 500)]
    assert len(kept) > 30
    assert handler.lost == 0


def test_that_a_line_forges_no_other_and_names_nobody(written):
    logger, _, folder = written
    logger.warning("read %s", "a\nERROR all is lost\x1b[2J\u202e 한국 /srv/of/somebody/notes.json @somebody \ud800")
    [line] = lines(folder)
    assert line.endswith("read a\\u000aERROR all is lost\\u001b[2J\\u202e 한국 .../notes.json @... \\ud800")
    assert os.name == "nt" or (folder / NEWER).stat().st_mode & 0o777 == 0o600


def test_that_a_traceback_is_kept_without_what_it_says_of_the_data(written):
    logger, _, folder = written
    try:
        raise ValueError("words of somebody")
    except ValueError:
        logger.exception("failed")
    text = "\n".join(lines(folder))
    assert "in test_that_a_traceback" in text
    assert "ValueError: ..." in text
    assert "words of somebody" not in text.replace('raise ValueError("words of somebody")', "")
    assert str(Path(__file__).parent) not in text


def test_that_a_record_without_end_is_cut(written):
    logger, _, folder = written
    for _ in range(5):
        logger.info("한" * 100_000)
    assert max((folder / name).stat().st_size for name in (OLDER, NEWER)) <= 2_000


def test_that_a_record_that_cannot_be_said_is_counted_and_stops_nobody(written, capsys):
    logger, handler, folder = written
    handler.handle(logger.makeRecord(NAME, logging.INFO, "file", 1, "%d", ("no number",), None))
    assert capsys.readouterr().err == ""
    assert handler.lost == 1
    logger.info("after")
    assert messages(folder) == ["lost=1", "after"]


@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.EDQUOT])
@pytest.mark.parametrize("call", ["open", "write", "lseek", "read", "replace", "close", "fstat", "mkdir"])
def test_that_whatever_call_fails_it_goes_on_and_writes_again_when_it_can(written, monkeypatch, call, reason):
    logger, handler, folder = written
    for number in range(60):  # more than a file: the call fails in a turn of the ring too
        logger.info("before %d", number)
    real = getattr(os, call)

    def refuse(*arguments: object, **_: object) -> None:
        if call == "close":
            real(*arguments)
        raise OSError(reason, "no")

    with monkeypatch.context() as patch:
        patch.setattr(ring_log.os, call, refuse)
        for number in range(60):
            logger.info("meanwhile %d", number)
    lost = handler.lost
    logger.info("after")
    assert messages(folder)[-1] == "after"
    assert handler.lost == 0
    assert messages(folder)[-2] == f"lost={lost}" if lost else call in ("replace", "mkdir")
    assert max((folder / name).stat().st_size for name in os.listdir(folder)) <= 2_000


def test_that_a_disk_that_fills_up_within_a_line_leaves_the_next_one_whole(written, monkeypatch):
    logger, _, folder = written
    logger.info("before")
    real, left = os.write, [30]

    def write(handle: int, data: memoryview) -> int:
        if not left[0]:
            raise OSError(errno.ENOSPC, "full")
        size = real(handle, bytes(data)[:left[0]])
        left[0] -= size
        return size

    with monkeypatch.context() as patch:
        patch.setattr(ring_log.os, "write", write)
        logger.info("torn")
    logger.info("after")
    kept = lines(folder)
    assert [kept[0][-6:], kept[2], kept[3][-5:]] == ["before", "lost=1", "after"]
    assert len(kept) == 4


@pytest.mark.parametrize("torn", [b"half a line", b"\0" * 50, b"\xed\xa0"])
def test_that_what_a_power_cut_tore_does_not_swallow_the_next_line(written, torn):
    logger, _, folder = written
    folder.mkdir()
    (folder / NEWER).write_bytes(torn)
    logger.info("after")
    assert (folder / NEWER).read_bytes().split(b"\n")[0] == torn
    assert (folder / NEWER).read_bytes().split(b"\n")[1].endswith(b"after")


def test_that_a_folder_that_vanished_is_made_again(written):
    logger, handler, folder = written
    logger.info("before")
    shutil.rmtree(folder)
    logger.info("after")
    assert (messages(folder), handler.lost) == (["after"], 0)


def test_that_a_folder_that_cannot_be_is_waited_for(written):
    logger, handler, folder = written
    folder.write_text("", encoding="utf-8")
    for _ in range(3):
        logger.info("lost")
    assert handler.lost == 3
    folder.unlink()
    logger.info("after")
    assert messages(folder) == ["lost=3", "after"]


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_that_what_is_no_file_is_neither_written_nor_waited_for(written, kind):
    logger, handler, folder = written
    folder.mkdir()
    other = folder / "other"
    other.write_text("mine", encoding="utf-8")
    make = {"link": lambda: (folder / NEWER).symlink_to(other), "folder": (folder / NEWER).mkdir,
            "pipe": lambda: getattr(os, "mkfifo", os.mkdir)(folder / NEWER)}
    make[kind]()
    logger.info("lost")
    assert (handler.lost, other.read_text(encoding="utf-8")) == (1, "mine")

"""Settings survive a restart, a foreign file and a folder that cannot be written."""

from __future__ import annotations

import json
import os
from dataclasses import fields, replace

import pytest

from timeline_app.base.problems import UserError
from timeline_app.base.settings import FILE, Settings, folder, load, save


def put(text: str | bytes) -> None:
    folder().mkdir(parents=True, exist_ok=True)
    (folder() / FILE).write_bytes(text if isinstance(text, bytes) else text.encode())


def test_that_without_a_file_there_are_defaults_and_no_notice():
    assert load() == (Settings(), ())


def test_that_what_is_saved_is_loaded():
    chosen = replace(Settings(), language="ko", theme="gallery", zone="Asia/Seoul", text_percent=150, wheel_pans=True,
                     reduced_motion="on", width=1024, height=700, single_letter_keys=False, message_seconds=0,
                     keys=("fit_all J", "zone"))
    save(chosen)
    assert load() == (chosen, ())
    assert os.listdir(folder()) == [FILE]


@pytest.mark.parametrize(("platform", "variable"), [
    ("linux", "XDG_CONFIG_HOME"), ("win32", "APPDATA"), ("darwin", "HOME")])
def test_that_each_system_keeps_them_where_it_keeps_such_things(monkeypatch, tmp_path, platform, variable):
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setenv(variable, str(tmp_path))
    assert folder().is_relative_to(tmp_path)
    assert folder().name == "timeline-explorer"


WRONG = {"language": "xx", "theme": 3, "zone": None, "width": 1, "height": "900", "reduced_motion": True,
         "text_percent": 10**30, "wheel_pans": 1, "single_letter_keys": "yes", "message_seconds": -1,
         "keys": ["fit_all", 3], "mouse_steps": 1, "esc_ends": "yes"}


@pytest.mark.parametrize("name", WRONG)
def test_that_a_wrong_value_falls_back_with_a_notice_and_the_others_stay(name):
    other = "zone" if name == "language" else "language"
    put(json.dumps({name: WRONG[name], other: "Asia/Seoul" if other == "zone" else "ko"}))
    found, notices = load()
    assert getattr(found, name) == getattr(Settings(), name)
    assert getattr(found, other) != getattr(Settings(), other)
    assert [(one.severity, one.code, one.field) for one in notices] == [("warning", "setting_not_used", name)]


def test_that_every_setting_is_tried_with_a_wrong_value():
    assert WRONG.keys() == {field.name for field in fields(Settings)}


@pytest.mark.parametrize("text", ["", "[]", "nonsense", "[" * 100_000, b"\xff\xfe", '{"width": 1e999, "x": NaN}'])
def test_that_a_file_that_is_none_gives_defaults(text):
    put(text)
    found, notices = load()
    assert found == Settings()
    assert [one.code for one in notices] <= ["settings_unreadable"] or [one.field for one in notices] == ["width"]


def test_that_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="settings_not_saved"):
        save(Settings(), tmp_path / "file" / "below")

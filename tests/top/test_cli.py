"""The command line: what goes to which stream, and with which exit code a command ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import types

import pytest

from ground import tree
from timeline_app import __version__, cli
from timeline_app.base.text import LANGUAGES


@pytest.fixture
def app(monkeypatch) -> list[tuple]:
    """The calls that reach the app instead of a window."""
    calls: list[tuple] = []
    stand_in = types.ModuleType("timeline_app.app")
    stand_in.explore = lambda *args: calls.append(("explore", *args)) or 0
    stand_in.snapshot = lambda *args: calls.append(("snapshot", *args[:-1])) or 0  # the last one builds stores
    monkeypatch.setitem(sys.modules, "timeline_app.app", stand_in)
    return calls


@pytest.mark.parametrize(("given", "path"), [
    ([], "june-2020"), (["some/path"], "some/path"), (["explore"], "june-2020"), (["explore", "x"], "x"),
    (["--", "-weird"], "-weird"), (["explore", "--", "-weird"], "-weird"), (["./info"], "./info")])
def test_that_without_a_command_a_dataset_is_explored(app, given, path):
    assert cli.main(given) == 0
    assert app == [("explore", path, None, None)]


def test_that_language_and_theme_reach_the_window(app):
    cli.main(["--language", "ko", "x", "--theme", "gallery"])
    assert app == [("explore", "x", "ko", "gallery")]


def test_that_a_snapshot_has_its_options(app):
    cli.main(["snapshot", "x", "-o", "f.png", "--size", "1440x900", "--span", "2020-06", "--select", "a", "--zone",
              "UTC"])
    options = {"size": (1440, 900), "span": "2020-06", "select": "a", "theme": None, "language": None, "zone": "UTC",
               "notes": False, "group": None, "story": None, "step": None, "reveal": False, "window": None,
               "show_masked": False, "kiosk": None, "text_percent": None, "screen_mm": None, "moment": None}
    assert app == [("snapshot", "x", "f.png", options)]


@pytest.mark.parametrize("given", [["snapshot", "x"], ["snapshot", "-o", "f", "--size", "big"], ["info", "a", "b"],
                                   ["--language", "xx"], ["info", "-weird"]])
def test_that_a_wrong_argument_ends_with_two_and_without_a_traceback(app, capsys, given):
    with pytest.raises(SystemExit) as end:
        cli.main(given)
    assert end.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_that_the_version_is_said(capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(["--version"])
    assert end.value.code == 0
    assert __version__ in capsys.readouterr().out


@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_help_is_in_the_language_of_the_system(monkeypatch, capsys, language):
    monkeypatch.setenv("LC_ALL", f"{language}_XX.UTF-8")
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    assert ("연표" in capsys.readouterr().out) == (language == "ko")


def test_that_info_is_one_json_object_and_nothing_else(capsys):
    assert cli.main(["info", "--json"]) == 0
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert err == ""
    assert (found["events"], found["claims"], found["series"]) == (42, 195, 8)


def test_that_info_for_people_speaks_the_language_asked_for(capsys, package):
    assert cli.main(["info", str(package.write()), "--language=ko"]) == 0
    assert "작은 것" in capsys.readouterr().out


def test_that_a_good_dataset_passes_the_check(capsys, package):
    assert cli.main(["check", str(package.write())]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("0 ")


def test_that_a_check_ends_with_one_only_for_errors(capsys, package):
    package.tables["questions"][0]["label.ko"] = ""
    assert cli.main(["check", str(package.write())]) == 0
    package.tables["events"][0]["title"] = ""
    assert cli.main(["check", str(package.write()), "--json"]) == 1
    out = capsys.readouterr().out.splitlines()[-1]
    assert {one["severity"] for one in json.loads(out)["problems"]} == {"error", "warning"}


@pytest.mark.parametrize("command", ["info", "check"])
def test_that_what_cannot_be_opened_is_said_in_one_line_and_ends_with_two(capsys, tmp_path, command):
    (tmp_path / "broken.zip").write_bytes(b"PK")
    for path in ("nowhere", "broken.zip"):
        assert cli.main([command, str(tmp_path / path)]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert len(err.splitlines()) == 1
        assert path in err


def test_that_a_path_with_control_characters_cannot_steer_the_terminal(capsys):
    assert cli.main(["info", "no\x1b[2J\nthing"]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_that_a_console_without_korean_letters_does_not_end_the_command(package, tmp_path, monkeypatch):
    with open(tmp_path / "out", "w", encoding="ascii") as out:
        monkeypatch.setattr(sys, "stdout", out)
        assert cli.main(["info", str(package.write()), "--language", "ko"]) == 0
    assert "\\uc791" in (tmp_path / "out").read_text(encoding="ascii")


def test_that_info_loads_no_window():
    import subprocess

    code = "import sys; from timeline_app.cli import main; main(['info', '--json']); " \
           "print(sorted({'PySide6', 'pandas', 'polars', 'pyqtgraph'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ},
                          cwd=os.path.dirname(os.path.dirname(cli.__file__)))
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_that_a_reader_who_has_had_enough_is_no_fault():
    with subprocess.Popen([sys.executable, "-m", "timeline_app", "check", "june-2020", "--json"], cwd=tree.ROOT,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        child.stdout.close()
        assert (child.wait(), child.stderr.read()) == (0, b"")


def test_that_an_export_has_its_options(app, capsys, monkeypatch):
    monkeypatch.setattr("timeline_app.telling.export_story", lambda *args: app.append(("export", *args[:-1])) or 0)
    assert cli.main(["export", "x", "-o", "f.pdf", "--story", "the-week", "--no-reveal", "--scale", "2",
                     "--language", "ko"]) == 0
    options = {"story": "the-week", "language": "ko", "theme": None, "notes": False, "scale": 2, "reveal": False,
               "worksheet": False, "show_masked": False, "audience": "talk"}
    assert app == [("export", "x", "f.pdf", options)]
    assert "f.pdf" in capsys.readouterr().err


@pytest.mark.parametrize(("given", "said"), [(["-o", "f.pdf", "--story", "nowhere"], "the-week"),
                                             (["-o", "f.pptx"], ".pdf, .html")])
def test_that_an_export_that_cannot_be_is_said_in_one_line(capsys, tmp_path, monkeypatch, given, said):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["export", *given]) == 2
    err = capsys.readouterr().err
    assert said in err and len(err.splitlines()) == 1 and list(tmp_path.iterdir()) == []


def test_that_a_dataset_without_stories_says_so(capsys, package, tmp_path):
    assert cli.main(["export", str(package.write()), "-o", str(tmp_path / "f.pdf")]) == 2
    assert "no stories" in capsys.readouterr().err


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("whom", ["kiosk", "classroom", "publish"])
def test_that_a_build_says_in_words_what_it_left_out(tmp_path, capsys, language, whom):
    place = tmp_path / "built.zip"
    assert cli.main(["build", "--for", whom, "-o", str(place), "--language", language]) == 0
    assert place.is_file() and "22" in capsys.readouterr().err and cli.main(["check", str(place)]) == 0

"""`snapshot --kiosk`: each screen as a file, without a screen, and a sentence where there is nothing to draw."""

import pytest
from PySide6.QtGui import QImage

from timeline_app import cli, kiosk_command


@pytest.mark.parametrize("screen", kiosk_command.SCREENS)
def test_that_each_screen_is_drawn_into_a_file(screen, tmp_path):
    place = tmp_path / "screen.png"
    given = ["snapshot", "june-2020", "--kiosk", screen, "--size", "1280x720", "--screen-mm", "700x394", "--language",
             "ko", "--text-percent", "150", "-o", str(place)]
    assert cli.main(given) == cli.FINE
    image = QImage(str(place))
    assert (image.width(), image.height()) == (1280, 720)
    assert len({image.pixel(x, y) for x in range(0, 1280, 4) for y in range(0, 720, 4)}) > 8


def test_that_a_dataset_without_a_surge_says_that_there_is_nothing_to_play(tmp_path, capsys):
    table = tmp_path / "events.csv"
    table.write_text("title,edtf\nSomething,2020-06-01\n", encoding="utf-8")
    assert cli.main(["snapshot", str(table), "--kiosk", "play", "-o", str(tmp_path / "x.png")]) == cli.REFUSED
    assert "no surge to play" in capsys.readouterr().err
    assert not (tmp_path / "x.png").exists()


@pytest.mark.parametrize("given", [["update"], ["rollback", "a", "b"], ["counts"], ["june-2020", "more"]])
def test_that_a_task_that_lacks_something_says_what_it_needs(given, capsys):
    assert cli.main(["kiosk", *given]) == cli.REFUSED
    assert "needs" in capsys.readouterr().err


@pytest.mark.parametrize(("option", "value"), [("--quiet", "9"), ("--quiet", "601"), ("--count", "0"),
                                               ("--screen-mm", "0x10"), ("--screen-mm", "wide"),
                                               ("--text-percent", "300")])
def test_that_an_option_out_of_its_bounds_is_refused(option, value, capsys):
    with pytest.raises(SystemExit):
        cli.main(["kiosk", "june-2020", option, value])
    assert option in capsys.readouterr().err

"""The staff's door and desk, in a window that stands: the number, the ends, counts on a stick, a new exhibit."""

from pathlib import Path

import pytest

from qt.standing import standing
from timeline_app import exhibit, staff_desk
from timeline_app.engine import checksum, kiosk_place, shelf, staff_pin
from timeline_app.engine.build import build
from timeline_app.engine.visits import Visits
from timeline_app.supervise import AGAIN
from timeline_app.viewmodel.kiosk import visit


@pytest.fixture
def place():
    found = kiosk_place.place_of()
    staff_pin.set_pin(found, "8305")
    return found


@pytest.fixture
def plugged(tmp_path, monkeypatch):
    """A stick that is there."""
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setattr(staff_desk, "stick", lambda: folder)
    return folder


@pytest.fixture
def desk(place, tmp_path, monkeypatch):
    monkeypatch.setattr(staff_desk, "stick", lambda: None)
    ended = []
    with standing() as (window, clock):
        made = staff_desk.StaffDesk(window, place, str(tmp_path / "shelf"), Visits(place),
                                    (ended.append, clock, lambda path: None))
        made.window, made.clock, made.ended = window, clock, ended
        yield made


def typed(desk, digits):
    """Somebody holds the corner and types."""
    desk.window.become(visit.staff_asked(visit.touched(desk.window.visit, desk.clock.ms), desk.clock.ms))
    for digit in digits:
        desk.window.press(f"digit:{digit}")
    desk.window.press("staff:enter")


def words(desk):
    return " ".join(line.text for line in desk.window.view.page.lines)


def test_that_the_right_number_leads_to_the_desk_and_a_wrong_one_does_not(desk):
    typed(desk, "8306")
    assert desk.window.visit.screen == visit.PIN
    assert "not the number" in words(desk)
    typed(desk, "8305")
    assert desk.window.visit.screen == visit.STAFF


def test_that_five_wrong_numbers_shut_the_door_for_a_minute_even_to_the_right_one(desk):
    for _ in range(5):
        typed(desk, "1111")
    typed(desk, "8305")
    assert desk.window.visit.screen == visit.PIN
    assert "60 seconds" in words(desk)
    desk.clock.ms += 60_000
    typed(desk, "8305")
    assert desk.window.visit.screen == visit.STAFF


@pytest.mark.parametrize(("wish", "status"), [("end", 0), ("restart", AGAIN)])
def test_that_the_program_ends_only_from_the_desk(desk, wish, status):
    desk.window.press(f"staff:{wish}")
    assert desk.ended == []
    typed(desk, "8305")
    desk.window.press(f"staff:{wish}")
    assert desk.ended == [status]


def test_that_without_a_number_nobody_comes_in(desk, place):
    (place / "staff.json").unlink()
    for number in ("", "0000", "1234"):
        typed(desk, number)
        assert desk.window.visit.screen == visit.PIN


def test_that_the_counts_go_on_a_stick_and_without_one_there_is_no_button(desk, plugged, monkeypatch):
    typed(desk, "8305")
    assert desk.window.view.page.target("staff:export") is not None
    desk.window.press("staff:export")
    assert (plugged / "visits.csv").is_file()
    assert "visits.csv" in words(desk)
    monkeypatch.setattr(staff_desk, "stick", lambda: None)
    desk.window.press("start_over")
    typed(desk, "8305")
    assert desk.window.view.page.target("staff:export") is None


def bundle(folder: Path, name: str) -> Path:
    build("june-2020", "kiosk", folder / name)
    return folder / name


def test_that_a_new_exhibit_comes_from_a_stick_and_goes_again(desk, plugged, tmp_path):
    old, place = bundle(tmp_path, "old.zip"), tmp_path / "shelf"
    first = shelf.put(old, place, None).path
    fresh = plugged / "new.zip"
    build("june-2020", "kiosk", fresh, keeps_awaiting=True)
    typed(desk, "8305")
    desk.window.press("staff:update")
    desk.window.settle()
    assert "ready" in words(desk)
    assert shelf.current(place) != first
    desk.window.press("staff:rollback")
    desk.window.settle()
    assert shelf.current(place) == first


@pytest.mark.logs_warnings
def test_that_a_bundle_with_another_hash_changes_nothing_and_is_told(desk, plugged, tmp_path):
    place = tmp_path / "shelf"
    first = shelf.put(bundle(tmp_path, "old.zip"), place, None).path
    checksum.write(bundle(plugged, "new.zip"), "0" * 64)
    typed(desk, "8305")
    desk.window.press("staff:update")
    desk.window.settle()
    assert "Nothing was changed" in words(desk)
    assert shelf.current(place) == first


def test_that_a_stick_is_a_mounted_folder(tmp_path):
    assert staff_desk.stick((str(tmp_path),)) is None
    assert staff_desk.stick(("/proc",)) == Path("/proc")
    assert staff_desk.bundle_on(None) is None


def test_that_what_cannot_be_opened_says_so_in_both_languages_where_nobody_sits_in_front(monkeypatch, tmp_path):
    options = {}
    with pytest.raises(exhibit.UserError):
        exhibit._opened_or_closed(str(tmp_path / "nothing"), False, options)
    monkeypatch.setenv(exhibit.HEARTBEAT, "7")
    logged = []
    monkeypatch.setattr(exhibit.logger, "error", lambda *told: logged.append(told))
    _, dataset, story = exhibit._opened_or_closed(str(tmp_path / "nothing"), False, options)
    assert logged and story is None
    for language in ("en", "ko"):
        with standing(dataset=dataset, story=None, is_plain=True) as (window, _):
            window.press(f"language:{language}")
            assert dataset.meta.title.say(language) in words_of(window)


def words_of(window):
    return " ".join(line.text for line in window.view.page.lines)

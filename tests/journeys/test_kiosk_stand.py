"""The kiosk put together, in this process: how it ends, what it counts, when it believes in a bundle, what it says to
nobody. Real processes are in `supervised/test_kiosk_alive.py`, the staff's desk alone in `test_kiosk_staff.py`.
"""

import errno
import logging
import sys

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from qt.standing import Clock
from timeline_app import exhibit
from timeline_app.engine import build, kiosk_place, shelf, staff_pin, visits
from timeline_app.engine.visits import COLUMNS
from timeline_app.qt.main_window import application
from timeline_app.supervise import AGAIN
from timeline_app.viewmodel.kiosk import visit
from viewmodel.kiosk_places import SHOWN, STORY

PIN, HOUR, MINUTE = "730519", 495_945, 60_000
CORNER = QPoint(8, 8)


class Lines(logging.Handler):
    """What is logged."""

    def __init__(self):
        super().__init__()
        self.said = []

    def emit(self, record):
        self.said.append(record.getMessage())


@pytest.fixture
def clock(monkeypatch):
    """The clock of the kiosk and the hour on the wall, which a test turns."""
    made = Clock()
    made.hour = HOUR
    monkeypatch.setattr(exhibit, "clock_ms", made)
    monkeypatch.setattr(exhibit, "hour_now", lambda: made.hour)
    return made


@pytest.fixture
def said():
    """The lines of the kiosk's log."""
    lines, logger = Lines(), logging.getLogger("timeline_app.kiosk")
    level = logger.level
    logger.setLevel(logging.INFO)
    logger.addHandler(lines)
    yield lines.said
    logger.removeHandler(lines)
    logger.setLevel(level)


@pytest.fixture
def place():
    found = kiosk_place.place_of()
    staff_pin.set_pin(found, PIN)
    return found


@pytest.fixture
def stand(clock):
    """Makes kiosks in a place or from memory; they are let go of at the end."""
    app, made = application(), []
    app.setQuitOnLastWindowClosed(False)  # as a kiosk does; its quit would wait for the loop of a later test

    def one(place=None, is_safe=False, paths=("june-2020", "june-2020")):
        options = {"windowed": True, "still": True}
        made.append(exhibit.Stand(SHOWN, STORY, paths, options, (place, is_safe)))
        made[-1].window.resize(1280, 720)
        return made[-1]

    yield one
    for each in made:
        each.window.end()
        each.window.deleteLater()
    app.setQuitOnLastWindowClosed(True)


def begun(stand):
    """A kiosk whose window stands, its clock turned by the test alone."""
    stand.window.begin()
    stand.window.ticker.stop()
    return stand.window


def run(stand, deed):
    """The status of a kiosk that runs, with something done once it does."""
    QTimer.singleShot(0, stand.window, deed)
    QTimer.singleShot(20_000, stand.window, lambda: stand._end(99))  # a kiosk that does not end fails the test
    return stand.run(application())


def admit(window, clock, digits=PIN):
    """Hold the corner as a finger does, and type."""
    under = window.view.childAt(CORNER) or window.view
    QTest.mousePress(under, Qt.MouseButton.LeftButton, pos=CORNER)
    clock.ms += 5_000
    window.tick()
    QTest.mouseRelease(under, Qt.MouseButton.LeftButton, pos=CORNER)
    for digit in digits:
        QTest.mouseClick(button(window, f"digit:{digit}"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(button(window, "staff:enter"), Qt.MouseButton.LeftButton)


def button(window, action):
    return next(one for one in window.view.buttons if one.target.action == action)


def words(window):
    return " ".join(line.text for line in window.view.page.front.lines)


# --- The ends ---


@pytest.mark.parametrize(("wish", "status"), [("end", 0), ("restart", AGAIN)])
def test_that_who_holds_the_corner_and_knows_the_number_ends_it_or_starts_it_again(stand, place, clock, wish, status):
    made = stand(place)

    def leave():
        admit(made.window, clock)
        assert made.window.visit.screen == visit.STAFF
        QTest.mouseClick(button(made.window, f"staff:{wish}"), Qt.MouseButton.LeftButton)

    assert run(made, leave) == status
    assert made.window.is_over and not made.window.isVisible()


def test_that_a_pad_that_is_shut_counts_down_and_opens(stand, place, clock):
    made = stand(place)
    window = begun(made)
    admit(window, clock, "999999")
    for _ in range(4):
        window.press("digit:9")
        window.press("staff:enter")
    assert "60 seconds" in words(window)
    clock.ms += 1_000
    made.desk.count_down()
    assert "59 seconds" in words(window)
    for digit in PIN:
        window.press(f"digit:{digit}")
    window.press("staff:enter")
    assert window.visit.screen == visit.PIN
    clock.ms += 59_000
    made.desk.count_down()
    assert "second" not in words(window)
    for digit in PIN:
        window.press(f"digit:{digit}")
    window.press("staff:enter")
    assert window.visit.screen == visit.STAFF


def test_that_who_comes_to_the_pad_is_not_told_what_another_tried(stand, place, clock):
    window = begun(stand(place))
    admit(window, clock, "999999")
    assert "not the number" in words(window)
    window.press("start_over")
    admit(window, clock, "")
    window.press("start_over")
    under = window.visit
    window.become(visit.staff_asked(visit.touched(under, clock.ms), clock.ms))
    assert "not the number" not in words(window)


def broken():
    typed = "as somebody typed it"
    raise ValueError(typed)


def test_that_a_bug_ends_it_with_1_and_no_word_of_it_is_on_screen_or_anywhere_else(stand, said, capsys):
    made, before = stand(), sys.excepthook
    pages = []
    made.window.view.painted.connect(lambda: pages.append(made.window.view.page))
    assert run(made, broken) == 1
    assert made.window.view.page.name == "attract" and "ValueError" not in words(made.window)
    told = capsys.readouterr()
    assert "ValueError" in told.err and "somebody" not in told.err + told.out + " ".join(said)
    assert sys.excepthook is before


def test_that_a_bug_in_the_first_picture_ends_it_before_it_waits_for_anybody(stand, monkeypatch):
    made = stand()
    begin = made.window.begin

    def stumbling():
        begin()
        try:
            broken()
        except ValueError as error:
            sys.excepthook(ValueError, error, error.__traceback__)  # as Qt does with what is raised in a slot

    monkeypatch.setattr(made.window, "begin", stumbling)
    assert run(made, lambda: None) == 1


# --- What is counted ---


def counted(stand, hour=HOUR):
    cells = stand._visits._hours.get(hour, [0] * len(COLUMNS))
    return {name: number for name, number in zip(COLUMNS, cells, strict=True) if number}


def test_that_a_visit_is_counted_with_what_it_saw_and_how_long_it_was(stand, clock):
    made = stand()
    window = begun(made)
    assert counted(made) == {}
    clock.ms += 3_600_000  # nobody is there: no part of a visit
    window.touch(True)
    assert counted(made) == {"sessions": 1, "screen_home": 1, "language_en": 1}
    clock.ms += MINUTE
    for action in ("later", "read_warning", "later", "know", "back", "closer", "back", "play", "back", "language:ko"):
        window.press(action)
    for name in ("card", "know", "closer", "play"):
        assert counted(made)[f"screen_{name}"] == 1, name
    assert "language_en" not in counted(made) and counted(made)["language_ko"] == 1
    clock.ms += 2 * MINUTE
    window.tick()
    assert window.visit.screen == visit.ATTRACT
    assert counted(made)["dwell_1_to_3_min"] == 1
    assert sum(number for name, number in counted(made).items() if name.startswith("dwell")) == 1


def test_that_a_screen_that_starts_over_by_itself_or_by_hand_ends_one_visit_and_the_next_touch_begins_another(
        stand, clock):
    made = stand()
    window = begun(made)
    for leave in (lambda: window.press("start_over"), lambda: [window.press("later"), window.tick()]):
        window.touch(True)
        leave()
        clock.ms += 10 * MINUTE
        window.tick()
        assert window.visit.screen == visit.ATTRACT
    clock.hour += 1
    window.touch(True)
    assert counted(made) == {"sessions": 2, "screen_home": 2, "screen_card": 1, "language_en": 2,
                             "dwell_under_1_min": 2}
    assert counted(made, HOUR + 1) == {"sessions": 1, "screen_home": 1, "language_en": 1}


def test_that_in_safe_mode_a_visit_begins_with_its_first_touch_and_not_when_the_list_came(stand, clock):
    made = stand(is_safe=True)
    window = begun(made)
    assert window.visit.screen == visit.HOME
    clock.ms += 10 * 3_600_000
    window.press("later")
    clock.ms += 30_000
    window.press("start_over")
    assert counted(made) == {"sessions": 1, "screen_home": 1, "screen_card": 1, "language_en": 1,
                             "dwell_under_1_min": 1}


def test_that_counts_are_on_the_disk_after_a_minute_and_at_the_end(stand, place, clock):
    made = stand(place)
    made.window.touch(True)
    made._keep()
    made.window.tasks.settle()
    assert visits.Visits(place)._hours[HOUR][0] == 1
    clock.ms += MINUTE
    made.window.press("start_over")
    made.window.touch(True)
    made._keep()
    made.window.tasks.settle()
    assert visits.Visits(place)._hours[HOUR][0] == 2
    made.window.press("start_over")
    made.window.touch(True)
    assert run(made, lambda: made._end(0)) == 0
    assert visits.Visits(place)._hours[HOUR][0] == 3


# --- What is unusual ---


def test_that_a_kiosk_without_a_disk_and_one_in_safe_mode_say_so_to_the_staff_alone(stand, place, clock):
    for one, said in ((stand(), "runs from memory"), (stand(place, is_safe=True), "Safe mode")):
        window = begun(one)
        assert said not in words(window)
        window.visit = visit.admitted(visit.staff_asked(window.visit, clock.ms), True)
        window.refresh()
        assert said in words(window)


def test_that_a_disk_that_fills_up_is_marked_and_that_goes_when_there_is_room(stand, place, clock, monkeypatch):
    made = stand(place)
    begun(made)
    assert made.window.staff.marks == ()

    def full(*_):
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(visits, "write_atomic", full)
        made.window.touch(True)
        made._keep()
        made.window.tasks.settle()
    assert "memory" in " ".join(made.window.staff.marks)
    clock.ms += MINUTE
    made._keep()
    made.window.tasks.settle()
    assert made.window.staff.marks == ()
    assert visits.Visits(place)._hours[HOUR][0] == 1


# --- The bundle that is known to run ---


@pytest.fixture
def shelved(tmp_path):
    """A shelf with two bundles: (shelf, the one before, the one that is shown)."""
    folder, found = tmp_path / "shelf", []
    for name, keeps in (("one", False), ("two", True)):
        build.build("june-2020", "kiosk", tmp_path / f"{name}.zip", keeps_awaiting=keeps)
        found.append(shelf.put(tmp_path / f"{name}.zip", folder).path)
    shelf.mark_good(folder, found[0])
    return folder, *found


def test_that_a_bundle_is_known_to_run_after_ten_minutes_and_not_before(stand, shelved, clock, monkeypatch):
    folder, old, new = shelved
    made, asked = stand(paths=(str(folder), new)), []
    mark = shelf.mark_good
    monkeypatch.setattr(shelf, "mark_good", lambda *given: asked.append(given) or mark(*given))
    for minutes, known in ((9.9, old), (0.2, new), (60, new)):
        clock.ms += round(minutes * MINUTE)
        made._keep()
        made.window.settle()
        assert shelf.good(folder) == known
    assert len(asked) == 1  # a good bundle is not read again and again


def test_that_safe_mode_makes_no_bundle_known_to_run(stand, shelved, clock):
    folder, old, new = shelved
    made = stand(is_safe=True, paths=(str(folder), new))
    clock.ms += 60 * MINUTE
    made._keep()
    made.window.settle()
    assert shelf.good(folder) == old


# --- The log ---


def test_that_the_log_knows_that_somebody_was_there_and_nothing_of_what_they_did(stand, place, clock, said):
    made = stand(place)

    def visited():
        window = made.window
        for action in ("stay", "later", "know", "back", "closer", "play", "language:ko", "start_over"):
            window.press(action)
        admit(window, clock)
        window.press("staff:end")

    assert run(made, visited) == 0
    assert said[0] == "begin safe=0 memory=0 bundle=-" and said[-1] == "end status=0"
    known = {"begin safe=0 memory=0 bundle=-", "first frame screen=attract", "the staff's number was right",
             "end status=0"}
    assert set(said) - known <= {f"first frame screen={name}" for name in visit.SCREENS}
    assert not [line for line in said if PIN in line]

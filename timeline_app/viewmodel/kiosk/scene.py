"""Everything that one picture of the kiosk depends on, and what is read of it again and again."""
from __future__ import annotations

from dataclasses import dataclass

from timeline_app.base.text import Texts, catalogue
from timeline_app.engine.dataset import Dataset
from timeline_app.viewmodel.kiosk import reading
from timeline_app.viewmodel.kiosk.page import Room
from timeline_app.viewmodel.kiosk.plan import Moment, moment_of
from timeline_app.viewmodel.kiosk.visit import EVENT, Start, Visit


@dataclass(frozen=True, slots=True)
class Staff:
    """What only the staff read: for how many seconds the pad is shut, what is unusual (as that nothing can be kept),
    and what came of the last thing they asked for, and what they can ask for beside the ends of the program."""

    shut_s: int = 0
    marks: tuple[str, ...] = ()
    message: str = ""
    can: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A visit in a room, at a time of the clock."""

    visit: Visit
    start: Start
    dataset: Dataset
    room: Room
    now_ms: int
    staff: Staff = Staff()

    @property
    def texts(self) -> Texts:
        """The words of the visitor's language."""
        return catalogue(self.visit.setting.language)

    @property
    def zone(self) -> str:
        """The zone of clock and days."""
        return self.visit.setting.zone or self.dataset.meta.zone

    @property
    def moment(self) -> Moment | None:
        """The moment whose card is open."""
        chosen = self.visit.chosen
        if chosen.startswith(EVENT):
            return moment_of(chosen.removeprefix(EVENT), self.dataset, self.visit.setting.language)
        return self.start.plan.moment(chosen)

    @property
    def is_warning(self) -> bool:
        """Whether a warning stands before the card."""
        return bool(self.warning) and self.visit.chosen not in self.visit.warned

    @property
    def warning(self) -> tuple[reading.Block, ...]:
        """The warning of the card, () where there is none."""
        found = self.moment
        return reading.warning(found, self.dataset, self.visit.setting) if found is not None else ()

    @property
    def card(self) -> tuple[reading.Block, ...]:
        """What the card says: the warning until it was read."""
        found = self.moment
        if found is None:
            return ()
        return self.warning if self.is_warning else reading.card(found, self.dataset, self.visit.setting)

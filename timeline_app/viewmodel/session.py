"""The state of now, who listens to it, and the views that were left. No Qt, no clock: the shell says when the user
has rested.

Back and forward walk views, never settings: going back does not switch the language.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from timeline_app.engine.dataset import Dataset
from timeline_app.viewmodel.notebook import NoteBook
from timeline_app.viewmodel.state import View, ViewState
from timeline_app.viewmodel.walk import limits_of
from timeline_app.viewmodel.window import Window

HISTORY_LIMIT = 500
Listener = Callable[[ViewState], None]


class Session:
    """One dataset looked at. `become` is the only way to change what is on screen; `matches` are the events that the
    query of the state found, `tweet_matches` the rows of tweets by collection; None without one. `notes` are a person's
    own and those of the dataset. `glides` says of the last move whether the eye may be led to its window, because no
    hand holds it."""

    def __init__(self, dataset: Dataset, state: ViewState) -> None:
        self.dataset = dataset
        self.state = state
        self.limits: Window = limits_of(dataset)
        self.matches: frozenset[str] | None = None
        self.tweet_matches: Mapping[str, np.ndarray] | None = None
        self.notes = NoteBook(came=dataset.notes)
        self.glides = False
        self._listeners: list[Listener] = []
        self._views: list[View] = [state.view]
        self._at = 0

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener(state)` after each change; the returned function ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def become(self, state: ViewState, discrete: bool = True, glides: bool | None = None) -> None:
        """Take on a state. A discrete move enters the history now, a continuous one when the user rests; if not told
        otherwise, discrete moves glide."""
        if state == self.state:
            return
        self.glides = discrete if glides is None else glides
        if discrete:
            self.rest()
        self.state = state
        if discrete:
            self.rest()
        self._tell()

    def take(self, dataset: Dataset) -> None:
        """Look at another dataset that holds more of the same, or less, from where one is."""
        self.dataset, self.limits = dataset, limits_of(dataset)
        self.matches = self.tweet_matches = None
        self.notes = replace(self.notes, came=dataset.notes)
        self._tell()

    def take_notes(self, notes: NoteBook) -> None:
        """Look at the same with other notes."""
        self.notes = notes
        self._tell()

    def amend(self, state: ViewState) -> None:
        """Take on a state that belongs to the last move, such as its scroll: the history keeps one view of both."""
        if state == self.state:
            return
        if self.state.view == self._views[self._at]:
            self._views[self._at] = state.view
        self.state, self.glides = state, False
        self._tell()

    def forget(self) -> None:
        """Keep the view of now alone: nothing leads back."""
        self._views, self._at = [self.state.view], 0

    def rest(self) -> None:
        """The user has rested: the view of now enters the history, and what lay ahead of it is dropped."""
        if self.state.view == self._views[self._at]:
            return
        del self._views[self._at + 1:]
        self._views.append(self.state.view)
        del self._views[:-HISTORY_LIMIT]
        self._at = len(self._views) - 1

    def back(self) -> bool:
        """Return to the view before; False where there is none."""
        self.rest()
        return self._go(self._at - 1)

    def forward(self) -> bool:
        """Return to the view after; False where there is none, as when one has moved on since."""
        self.rest()
        return self._go(self._at + 1)

    @property
    def can_go_back(self) -> bool:
        """Whether there is a view before."""
        return self._at > 0 or self.state.view != self._views[self._at]

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a view after."""
        return self._at + 1 < len(self._views) and self.state.view == self._views[self._at]

    def _go(self, to: int) -> bool:
        if not 0 <= to < len(self._views):
            return False
        self._at, self.glides = to, True
        self.state = replace(self.state, view=self._views[to])
        self._tell()
        return True

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener(self.state)

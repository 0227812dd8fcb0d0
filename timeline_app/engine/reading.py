"""A dataset together with the rows it was made from, for those who look at rows again; and what an importer is given
to build a collection that was never opened before. Nothing is read here."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field

from timeline_app.engine.dataset import Dataset
from timeline_app.engine.tables import Table


@dataclass(frozen=True, slots=True)
class Reading:
    """What an importer read. `tables` has the rows of "events", "claims" ... with those that were refused,
    `accounts` the account names that may be written, in small letters."""

    dataset: Dataset
    tables: Mapping[str, Table] = field(default_factory=dict)
    accounts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Building:
    """Who builds a store of tweets: worker processes or None, who hears how far it is, and what is called between
    pieces and may raise to end it. With `preview` they also hear of the tweets per minute."""

    executor: Executor | None = None
    told: Callable[[object], None] | None = None
    check: Callable[[], None] | None = None
    preview: bool = False

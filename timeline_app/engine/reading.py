"""A dataset together with the rows it was made from, for those who look at rows again. Nothing is read
here."""
from __future__ import annotations

from collections.abc import Mapping
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

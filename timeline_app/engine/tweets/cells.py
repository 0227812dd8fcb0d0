"""A row of a table of tweets divided into cells, the same way wherever a row is read."""

from __future__ import annotations

import csv

CELL_LIMIT = 4_000_000


def cells_of(text: str, delimiter: str) -> list[str] | None:
    """The cells of one whole row; None where it is none. The module's limit of a cell belongs to the process: it is set
    here, so that a worker reads what its parent reads."""
    before = csv.field_size_limit(CELL_LIMIT)
    try:
        found = list(csv.reader([text], delimiter=delimiter))
    except csv.Error:
        return None
    finally:
        csv.field_size_limit(before)
    return found[0] if len(found) == 1 else None

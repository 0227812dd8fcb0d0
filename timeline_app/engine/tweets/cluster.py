"""Workers on other machines, through a Dask scheduler: the same functions, the same bytes. Needs the extra `cluster`.

This is the one module that speaks to others, only to the address that a person gave, and only when called. All workers
must see the sources and the dataset folder under the same paths.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from timeline_app.base.problems import UserError

WAIT_S = 10


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The workers of a scheduler as an executor; UserError where there is none, or where the extra is not installed."""
    try:
        from distributed import Client
    except ImportError:
        raise UserError("no_cluster_extra") from None
    try:
        client = Client(address, timeout=WAIT_S)
    except (OSError, ValueError, TimeoutError):
        raise UserError("no_scheduler", address=address) from None
    with client:
        executor = client.get_executor(pure=False)
        executor.count = len(client.nthreads())  # for the log
        yield executor

"""Arms a Python process so that every attempt to reach a network fails and is remembered.

Unix sockets pass: display server and child processes are spoken to over them. Loopback passes where `LOOPBACK` is set.
Not here: who arms (conftest its own process, `sitecustomize` beside this file those that tests start).
"""

from __future__ import annotations

import os
import socket
import sys

LOOPBACK = "TIMELINE_TESTS_LOOPBACK"  # set for child processes by the one test of a cluster
NETWORK = frozenset(
    "socket.connect socket.bind socket.sendto socket.sendmsg socket.getaddrinfo socket.gethostbyname"
    " socket.gethostbyaddr socket.getnameinfo urllib.Request".split()
)
attempts: list[str] = []


class NetworkTouched(RuntimeError):
    """What the code that tried to reach a network gets."""


def is_local(details: tuple) -> bool:
    """True for an event on a socket that cannot leave this machine."""
    family = getattr(details[0], "family", None) if details else None
    if os.environ.get(LOOPBACK) and is_loopback(details):
        return True
    return family is not None and family == getattr(socket, "AF_UNIX", None)


def is_loopback(details: tuple) -> bool:
    """True for an address of this machine itself, written as a number."""
    address = details[1] if len(details) > 1 and isinstance(details[1], tuple) else details
    return bool(address) and address[0] == "127.0.0.1"


def refuse(event: str, details: tuple) -> None:
    """Audit hook: remember and refuse every event that leaves this machine or listens on it."""
    if event in NETWORK and not is_local(details):
        attempts.append(f"{event} {details[1:]!r}")
        raise NetworkTouched(f"Timeline Explorer is offline, and something called {event}.")


sys.addaudithook(refuse)

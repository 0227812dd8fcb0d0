"""The socket hook is armed in this process and in its children, and passes what stays on the machine."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest
from armed import NetworkTouched

CONNECT = "import socket; socket.create_connection(('192.0.2.1', 9), timeout=1)"


@pytest.mark.parametrize(
    "touch",
    [
        lambda: socket.create_connection(("192.0.2.1", 9), timeout=1),
        lambda: socket.getaddrinfo("timeline.invalid", 80),
        lambda: socket.socket(socket.AF_INET).bind(("127.0.0.1", 0)),
        lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"", ("192.0.2.1", 9)),
    ],
    ids=["connect", "name", "listen", "datagram"],
)
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_that_reaching_for_a_network_fails_and_is_remembered(touch, no_network):
    with pytest.raises(NetworkTouched):
        touch()
    assert len(no_network) == 1
    no_network.clear()


def test_that_a_child_process_is_armed_too():
    child = subprocess.run([sys.executable, "-c", CONNECT], capture_output=True, encoding="utf-8")
    assert child.returncode == 1
    assert "NetworkTouched" in child.stderr


def test_that_a_pair_of_local_sockets_passes():
    one, other = socket.socketpair()
    one.close()
    other.close()

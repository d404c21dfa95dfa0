import socket

import pytest

from fakes.x11 import INTERNET, LOCAL, own_name
from manara.ui.x11 import known_as

INTERNET_6 = 6


@pytest.mark.parametrize(
    ("family", "peer"),
    [
        (socket.AF_UNIX, ""),
        (socket.AF_INET, ("127.0.0.1", 6010)),
        (socket.AF_INET6, ("::1", 6010, 0, 0)),
        (socket.AF_INET6, ("::ffff:127.0.0.1", 6010, 0, 0)),
    ],
)
def test_in_the_file_of_cookies_this_machine_stands_by_its_name(family, peer):
    assert known_as(family, peer) == (LOCAL, own_name())


@pytest.mark.parametrize(
    ("family", "peer", "known"),
    [
        (socket.AF_INET, ("192.0.2.7", 6000), (INTERNET, bytes([192, 0, 2, 7]))),
        (socket.AF_INET6, ("::ffff:192.0.2.7", 6000, 0, 0), (INTERNET, bytes([192, 0, 2, 7]))),
        (socket.AF_INET6, ("fe80::1%eth0", 6000, 0, 2), (INTERNET_6, bytes([0xFE, 0x80, *[0] * 13, 1]))),
    ],
)
def test_another_machine_stands_there_by_its_address(family, peer, known):
    assert known_as(family, peer) == known

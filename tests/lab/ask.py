"""Ask name servers, from the network in which this runs, until each knows a name: `python -m lab.ask NAME ADDRESS…`."""

import sys
import time

import dns.exception
import dns.message
import dns.query

LONGEST_S = 30.0
_TRY_S = 0.3


def main(name: str, *addresses: str) -> int:
    """Return 0 when all of them have given an address, 1 when one has not in time."""
    deadline_s = time.monotonic() + LONGEST_S
    for address in addresses:
        while not knows(address, name):
            if time.monotonic() > deadline_s:
                return 1
    return 0


def knows(address: str, name: str) -> bool:
    """Return whether a name server gives an address for a name."""
    try:
        return bool(dns.query.udp(dns.message.make_query(name, "A"), address, timeout=_TRY_S).answer)
    except (dns.exception.DNSException, OSError):
        # Where nobody listens yet, that is said at once.
        time.sleep(0.02)
        return False


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

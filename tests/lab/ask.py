"""Ask a name server once, from the network in which this runs: `python -m lab.ask ADDRESS NAME`."""

import sys

import dns.exception
import dns.message
import dns.query


def main(address: str, name: str) -> int:
    """Return 0 when there is an address."""
    try:
        answer = dns.query.udp(dns.message.make_query(name, "A"), address, timeout=2.0)
    except (dns.exception.DNSException, OSError):
        return 1
    return 0 if answer.answer else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

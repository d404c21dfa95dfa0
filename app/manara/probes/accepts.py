"""What the options of checks accept; each raises `ValueError` with a sentence."""

from ipaddress import ip_address

from manara.probes.border import LookFailed
from manara.probes.host_name import ascii_host_name


def usable_host(host: str) -> str:
    """Accept a host name or a literal address and return it."""
    if "://" in host:
        raise ValueError("it must be a host name or an address, not a URL")
    try:
        ip_address(host)
    except ValueError:
        _check_name(host)
    return host


def usable_optional_host(host: str) -> str:
    """Accept a host name, a literal address, or nothing."""
    return usable_host(host) if host else host


def _check_name(host: str) -> None:
    try:
        ascii_host_name(host)
    except LookFailed as failed:
        raise ValueError(failed.failure.detail) from failed

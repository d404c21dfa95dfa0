"""Everything that can go wrong with a look: the layer, the reason, and what it counts as."""

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Self


class Layer(StrEnum):
    """The rung of the ladder on which a look failed."""

    LOCAL = "local"
    LINK = "link"
    DNS = "dns"
    TCP = "tcp"
    ICMP = "icmp"
    TLS = "tls"
    HTTP = "http"
    CONTENT = "content"
    SPEED = "speed"


class Outcome(StrEnum):
    """What one look says of the service."""

    OK = "ok"
    DEGRADED = "degraded"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Reason(Enum):
    """Why a look was not good.

    Each line gives the word (stable: it stands in JSON and in the history), the layer, the outcome, and whether the
    failure is *silent*: nothing beyond our own network was heard, so it may as well be our own line.
    """

    layer: Layer
    outcome: Outcome
    silent: bool

    def __new__(cls, word: str, layer: Layer, outcome: Outcome, silent: bool = False) -> Self:  # noqa: FBT001, FBT002
        """Make a member whose value is its word."""
        member = object.__new__(cls)
        member._value_ = word
        member.layer = layer
        member.outcome = outcome
        member.silent = silent
        return member

    # The look could not be made: this says nothing about the service.
    NO_PERMISSION = ("no-permission", Layer.LOCAL, Outcome.UNKNOWN)
    NO_RESOLVER = ("no-resolver", Layer.LOCAL, Outcome.UNKNOWN)
    OUT_OF_RESOURCES = ("out-of-resources", Layer.LOCAL, Outcome.UNKNOWN)
    FILE_UNREADABLE = ("file-unreadable", Layer.LOCAL, Outcome.UNKNOWN)
    SECRET_MISSING = ("secret-missing", Layer.LOCAL, Outcome.UNKNOWN)
    RULE_TOO_SLOW = ("rule-too-slow", Layer.LOCAL, Outcome.UNKNOWN)
    TOOL_MISSING = ("tool-missing", Layer.LOCAL, Outcome.UNKNOWN)
    INTERNAL_ERROR = ("internal-error", Layer.LOCAL, Outcome.UNKNOWN)

    NETWORK_UNREACHABLE = ("network-unreachable", Layer.LINK, Outcome.FAILED, True)
    NO_IPV6 = ("no-ipv6", Layer.LINK, Outcome.UNKNOWN, True)
    NO_IPV4 = ("no-ipv4", Layer.LINK, Outcome.UNKNOWN, True)

    # A home router answers SERVFAIL, REFUSED and even NXDOMAIN when only its own line is dead: all of DNS is silent.
    NXDOMAIN = ("nxdomain", Layer.DNS, Outcome.FAILED, True)
    SERVFAIL = ("servfail", Layer.DNS, Outcome.FAILED, True)
    DNS_REFUSED = ("dns-refused", Layer.DNS, Outcome.FAILED, True)
    DNS_TIMEOUT = ("dns-timeout", Layer.DNS, Outcome.FAILED, True)
    DNS_UNREACHABLE = ("dns-unreachable", Layer.DNS, Outcome.FAILED, True)
    DNS_ERROR = ("dns-error", Layer.DNS, Outcome.FAILED, True)
    DNS_BAD_ANSWER = ("dns-bad-answer", Layer.DNS, Outcome.FAILED, True)
    CNAME_LOOP = ("cname-loop", Layer.DNS, Outcome.FAILED, True)
    NO_ADDRESSES = ("no-addresses", Layer.DNS, Outcome.FAILED, True)
    UNUSABLE_NAME = ("unusable-name", Layer.DNS, Outcome.FAILED)
    UNEXPECTED_RECORDS = ("unexpected-records", Layer.CONTENT, Outcome.FAILED)
    UNEXPECTED_RCODE = ("unexpected-rcode", Layer.DNS, Outcome.FAILED)

    CONNECTION_REFUSED = ("connection-refused", Layer.TCP, Outcome.FAILED)
    CONNECTION_RESET = ("connection-reset", Layer.TCP, Outcome.FAILED)
    CONNECTION_CLOSED = ("connection-closed", Layer.TCP, Outcome.FAILED)
    CONNECT_TIMEOUT = ("connect-timeout", Layer.TCP, Outcome.FAILED, True)
    HOST_UNREACHABLE = ("host-unreachable", Layer.TCP, Outcome.FAILED, True)
    REPLY_TIMEOUT = ("reply-timeout", Layer.TCP, Outcome.FAILED)

    NO_ECHO = ("no-echo", Layer.ICMP, Outcome.FAILED, True)
    PACKET_LOSS = ("packet-loss", Layer.ICMP, Outcome.DEGRADED)

    # A sign-in page or a filter on the way shows a certificate of its own: these two may be our side.
    CERTIFICATE_NAME_MISMATCH = ("certificate-name-mismatch", Layer.TLS, Outcome.FAILED, True)
    CERTIFICATE_UNKNOWN_ISSUER = ("certificate-unknown-issuer", Layer.TLS, Outcome.FAILED, True)
    CERTIFICATE_EXPIRED = ("certificate-expired", Layer.TLS, Outcome.FAILED)
    CERTIFICATE_NOT_YET_VALID = ("certificate-not-yet-valid", Layer.TLS, Outcome.FAILED)
    CERTIFICATE_SELF_SIGNED = ("certificate-self-signed", Layer.TLS, Outcome.FAILED)
    CERTIFICATE_INVALID = ("certificate-invalid", Layer.TLS, Outcome.FAILED)
    CERTIFICATE_EXPIRES_SOON = ("certificate-expires-soon", Layer.TLS, Outcome.DEGRADED)
    TLS_PROTOCOL = ("tls-protocol", Layer.TLS, Outcome.FAILED)
    TLS_ALERT = ("tls-alert", Layer.TLS, Outcome.FAILED)
    TLS_TIMEOUT = ("tls-timeout", Layer.TLS, Outcome.FAILED)
    TLS_CLOSED = ("tls-closed", Layer.TLS, Outcome.FAILED)

    PROXY_FAILED = ("proxy-failed", Layer.LINK, Outcome.UNKNOWN)
    RESPONSE_TIMEOUT = ("response-timeout", Layer.HTTP, Outcome.FAILED)
    BODY_TIMEOUT = ("body-timeout", Layer.HTTP, Outcome.FAILED)
    HTTP_PROTOCOL = ("http-protocol", Layer.HTTP, Outcome.FAILED)
    HTTP_CLOSED = ("http-closed", Layer.HTTP, Outcome.FAILED)
    INCOMPLETE_BODY = ("incomplete-body", Layer.HTTP, Outcome.FAILED)
    TOO_MANY_REDIRECTS = ("too-many-redirects", Layer.HTTP, Outcome.FAILED)
    REDIRECT_LOOP = ("redirect-loop", Layer.HTTP, Outcome.FAILED)
    UNUSABLE_REDIRECT = ("unusable-redirect", Layer.HTTP, Outcome.FAILED)
    NOT_FOUND = ("not-found", Layer.HTTP, Outcome.FAILED)
    SERVER_ERROR = ("server-error", Layer.HTTP, Outcome.FAILED)
    CLIENT_ERROR = ("client-error", Layer.HTTP, Outcome.FAILED)
    UNEXPECTED_STATUS = ("unexpected-status", Layer.HTTP, Outcome.FAILED)
    REFUSES_AUTOMATION = ("refuses-automation", Layer.HTTP, Outcome.DEGRADED)

    TEXT_MISSING = ("text-missing", Layer.CONTENT, Outcome.FAILED)
    TEXT_PRESENT = ("text-present", Layer.CONTENT, Outcome.FAILED)
    UNREADABLE_BODY = ("unreadable-body", Layer.CONTENT, Outcome.FAILED)
    NOT_JSON = ("not-json", Layer.CONTENT, Outcome.FAILED)
    JSON_MISMATCH = ("json-mismatch", Layer.CONTENT, Outcome.FAILED)
    UNEXPECTED_REPLY = ("unexpected-reply", Layer.CONTENT, Outcome.FAILED)

    SLOW = ("slow", Layer.SPEED, Outcome.DEGRADED)
    SLOWER_THAN_USUAL = ("slower-than-usual", Layer.SPEED, Outcome.DEGRADED)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a look was not good. `detail` is for people, may carry remote text, and is never read by the program."""

    reason: Reason
    detail: str = ""
    excused: bool = False
    """The service is known to behave like this towards automatic checks: noted, but not held against it."""

    @property
    def layer(self) -> Layer:
        """The rung of the ladder on which the look failed."""
        return self.reason.layer

    @property
    def outcome(self) -> Outcome:
        """What the failure says of the service."""
        return Outcome.OK if self.excused else self.reason.outcome

"""The `http` check: does a URL answer as it should?"""

import ssl
from dataclasses import dataclass
from typing import ClassVar, cast
from urllib.parse import urlsplit

import httpx

from manara.model import Check, Failure, Reason, option
from manara.probes.body import Body, text_of
from manara.probes.carriers import carriers_of, retry_after_s
from manara.probes.content import ContentRules, JsonOperator, judge_content, usable_json_path, usable_pattern
from manara.probes.network import Network
from manara.probes.redirects import Redirects
from manara.probes.request import (
    Question,
    Safe,
    SignIn,
    request_of,
    usable_headers,
    usable_method,
    usable_user_name,
)
from manara.probes.resolver import Family
from manara.probes.secrets import usable_reference
from manara.probes.sighting import Phase, Sighting
from manara.probes.statuses import WhenRefused, judge_status, parse_statuses
from manara.probes.transport import Transport
from manara.probes.urls import DIRECT, host_of, usable_proxy, usable_url

_MAX_SERVER_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpCheck(Check):
    """Asks for a URL and judges status, content and certificate of the answer."""

    type: ClassVar[str] = "http"

    url: str = option(help="What to ask for, like `https://example.org/`", maximum=2_000, accepts=usable_url)
    method: str = option("GET", help="Method of the request", maximum=20, accepts=usable_method)
    headers: tuple[tuple[str, str], ...] = option(
        (),
        help="Headers of the request; a value may name a secret as `keyring:NAME`, `env:NAME` or `file:/path`",
        maximum=50,
        accepts=usable_headers,
    )
    body: str = option("", help="Body of the request", maximum=65_536)

    contains: str = option("", help="Text that must be in the answer", maximum=8_192)
    lacks: str = option("", help="Text that must not be in the answer", maximum=8_192)
    matches: str = option(
        "", help="Regular expression that must match in the answer", maximum=1_000, accepts=usable_pattern
    )
    lacks_match: str = option(
        "", help="Regular expression that must not match in the answer", maximum=1_000, accepts=usable_pattern
    )
    json_path: str = option(
        "", help="JSONPath (RFC 9535) of the values to judge in the answer", maximum=200, accepts=usable_json_path
    )
    json_operator: JsonOperator = option(
        JsonOperator.EXISTS, help="How every value that the JSONPath finds must relate to `json_value`"
    )
    json_value: str = option("", help="What the values found are compared with", maximum=8_192)

    accept: tuple[str, ...] = option(
        (),
        help="Accepted statuses, like `200-399` or `401`; empty means 200 to 399",
        maximum=50,
        accepts=parse_statuses,
    )
    when_refused: WhenRefused = option(
        WhenRefused.DEGRADED,
        help="What an answer that turns the check away means: degraded, or up where being reachable is enough",
        advanced=True,
    )
    follow_redirects: bool = option(True, help="Whether to go where the answer leads")
    max_redirects: int = option(5, help="Most redirects to follow", minimum=1, maximum=20, advanced=True)
    days_left_warning: int = option(
        14, help="Warn when the certificate ends in fewer days than this", unit="days", minimum=0, maximum=3_650
    )

    username: str = option("", help="User name to sign in with", maximum=256, accepts=usable_user_name)
    password: str = option("", help="Password to sign in with", accepts=usable_reference, secret=True)
    bearer: str = option(
        "", help="Token to sign in with, in the place of a user name", accepts=usable_reference, secret=True
    )
    verify: bool = option(True, help="Whether the certificate must be good", advanced=True)
    ca_file: str = option("", help="A file of certificate authorities to trust besides those of the system")
    client_certificate: str = option("", help="A file with the certificate to show to the server", advanced=True)
    client_key: str = option(
        "", help="A file with the key of that certificate, where it is not in the same file", advanced=True
    )

    proxy: str = option(
        "",
        help="Address of the proxy, in the place of the one for all; `none` means to do without",
        accepts=usable_proxy,
        advanced=True,
    )
    family: Family = option(Family.ANY, help="Which addresses to use: any, ipv4 or ipv6", advanced=True)
    read_limit: int = option(
        1_048_576, help="Most of an answer to read", unit="bytes", minimum=0, maximum=16_777_216, advanced=True
    )

    @property
    def target(self) -> str:
        """The URL."""
        return self.url

    @property
    def host(self) -> str:
        """The host of the URL, whatever the way to it."""
        return urlsplit(self.url).hostname or ""


async def probe_http(check: HttpCheck, network: Network, sighting: Sighting) -> Failure | None:
    """Look once. In a chain of redirects the phases add up, and the address is that of the last answer."""
    sign_in = SignIn(check.username, check.password, check.bearer)
    with sighting.not_counted():
        # A keyring that waits to be unlocked must have been given up while the look still has time to say so.
        safe = Safe(network.keyring, sighting.remaining_s() / 2)
        question = await request_of(check.method, check.url, check.headers, check.body, sign_in, safe=safe)
    answer = await _final_answer(check, question, network, sighting)
    try:
        return await _judge(check, answer, sighting)
    finally:
        await answer.aclose()


async def _final_answer(check: HttpCheck, question: Question, network: Network, sighting: Sighting) -> httpx.Response:
    request = question.request
    own_host = host_of(request.url)

    def context(host: str) -> ssl.SSLContext:
        # Only the host that it is meant for gets to see the client's certificate, not those it leads to.
        mine = host == own_host
        return network.trust.context(
            verify=check.verify,
            ca_file=check.ca_file,
            client_certificate=check.client_certificate if mine else "",
            client_key=check.client_key if mine else "",
            alpn="http/1.1",
        )

    proxy = check.proxy or network.proxy
    transport = Transport(network, sighting, context, family=check.family, proxy="" if proxy == DIRECT else proxy)
    redirects = Redirects(check.max_redirects, question.secret_headers)
    answer = await transport.handle_async_request(request)
    while check.follow_redirects and answer.has_redirect_location:
        await answer.aclose()
        try:
            request = await redirects.next_request(request, answer)
        finally:
            sighting.note(http_status=answer.status_code, redirects=redirects.visited)
        answer = await transport.handle_async_request(request)
    return answer


async def _judge(check: HttpCheck, answer: httpx.Response, sighting: Sighting) -> Failure | None:
    """Judge the status, then the content, then how long the certificate will last."""
    sighting.note(
        http_status=answer.status_code,
        http_server=answer.headers.get("server", "")[:_MAX_SERVER_NAME],
        carriers=carriers_of(answer.headers.multi_items()),
        retry_after_s=retry_after_s(answer.headers, sighting.at),
    )
    failure = judge_status(answer.status_code, answer.headers, parse_statuses(check.accept), check.when_refused)
    if failure is None:
        failure = await _judge_body(check, answer, sighting)
    if failure is None:
        failure = _judge_certificate(check, sighting)
    return failure


async def _judge_body(check: HttpCheck, answer: httpx.Response, sighting: Sighting) -> Failure | None:
    rules = ContentRules(
        check.contains,
        check.lacks,
        check.matches,
        check.lacks_match,
        check.json_path,
        check.json_operator,
        check.json_value,
    )
    body = Body(answer.headers.get("content-encoding", ""), check.read_limit, keep=bool(rules))
    try:
        with sighting.measure(Phase.BODY):
            # Not by `aiter_raw`: a generator that is left half-way lives on until the loop gets round to it.
            async for chunk in cast("httpx.AsyncByteStream", answer.stream):
                body.feed(chunk)
                if body.cut:
                    break
    finally:
        sighting.note(body_bytes=body.size, body_cut=body.cut)
    if not rules:
        return None
    if not body.readable:
        return Failure(Reason.UNREADABLE_BODY, "The answer is compressed in a way that cannot be read")
    if body.cut and rules.json_path:
        return Failure(Reason.UNREADABLE_BODY, f"The JSON goes on beyond the read limit of {check.read_limit} bytes")
    return await judge_content(rules, text_of(body.content, answer.charset_encoding))


def _judge_certificate(check: HttpCheck, sighting: Sighting) -> Failure | None:
    certificate = sighting.facts.certificate
    if certificate is None:
        return None
    days = certificate.days_left(sighting.at)
    if days >= check.days_left_warning:
        return None
    return Failure(Reason.CERTIFICATE_EXPIRES_SOON, f"The certificate ends in {days} days")

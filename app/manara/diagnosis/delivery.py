"""Which delivery network answered, and whether it or the servers behind it fail: by headers and status, never by text.

What each fact rests on:

* Cloudflare: `cf-ray` on every answer; 520 to 526 and 530 say that the servers behind it fail
  (developers.cloudflare.com, "Cloudflare 5xx errors"); `cf-cache-status` is on every answer that came by its cache or
  from behind it (developers.cloudflare.com, "Cloudflare cache responses"), so a 5xx without it is its own.
* Fastly: `x-served-by: cache-…`, `x-timer` and `via: … varnish`; an error that it makes itself is always a 503
  (fastly.com, "Fastly-generated 503 errors in VCL"), and has none of the headers that come from behind: `server` is
  then Varnish or missing, as on 8 June 2021.
* CloudFront: `x-amz-cf-id`, `via: … (CloudFront)`; a 502 or 504 says that it could not talk to the servers behind it
  (docs.aws.amazon.com, "Troubleshooting error responses from your origin"). `x-cache: Error from cloudfront` is on
  errors of either side, so by itself it tells the network only.
* Akamai: `server: AkamaiGHost` on what the edge makes itself, `akamai-grn` on what it carries; 502 and 504 are its word
  for servers behind it that do not answer.
* Azure Front Door: `x-azure-ref`; 502, 503 and 504 after it waited (learn.microsoft.com, "Troubleshoot Azure Front
  Door": 503 or 504 when the origin takes too long).
* Vercel: `x-vercel-id`; `x-vercel-error` names who failed (vercel.com/docs/errors): `INTERNAL_…` is Vercel itself.
* Others are recognised, and nothing is said of whose fault it is: Netlify (`x-nf-request-id`), bunny (`cdn-pullzone`,
  `server: BunnyCDN-…`), Fly (`fly-request-id`), Imperva (`x-iinfo`, `x-cdn`), Sucuri (`x-sucuri-id`), Google
  (`via: 1.1 google`, `server: Google Frontend`), CDN77 (`x-77-…`), GitHub (`x-github-request-id`), Meta (`x-fb-debug`).
* Any: `proxy-status` (RFC 9209) names the intermediary and what went wrong; `received-status` came from behind it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from manara.model import Facts


class Fault(Enum):
    """Who fails."""

    EDGE = "edge"
    """The delivery network itself."""
    ORIGIN = "origin"
    """The servers behind it."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """The delivery network that answered, and who fails by its word; None where it does not say."""

    network: str
    fault: Fault | None = None


def delivery_of(facts: Facts) -> Delivery | None:
    """Return who delivered an answer; None where no network is recognised."""
    headers = dict(facts.carriers)
    status = facts.http_status or 0
    told = _by_proxy_status(headers.get("proxy-status", ""))
    for name, recognised, fault in _NETWORKS:
        if recognised(headers):
            return Delivery(name, (told.fault if told else None) or fault(headers, status))
    return told


def _cloudflare(headers: Mapping[str, str], status: int) -> Fault | None:
    if 520 <= status <= 530:
        return Fault.ORIGIN
    return Fault.EDGE if status >= 500 and "cf-cache-status" not in headers else None


def _fastly(headers: Mapping[str, str], status: int) -> Fault | None:
    own = headers.get("server", "").lower() in ("", "varnish")
    return Fault.EDGE if status == 503 and own else None


def _gateway(_headers: Mapping[str, str], status: int) -> Fault | None:
    return Fault.ORIGIN if status in (502, 504) else None


def _akamai(headers: Mapping[str, str], status: int) -> Fault | None:
    if status in (502, 504):
        return Fault.ORIGIN
    return Fault.EDGE if status >= 500 and headers.get("server", "").lower() == "akamaighost" else None


def _azure(_headers: Mapping[str, str], status: int) -> Fault | None:
    return Fault.ORIGIN if status in (502, 503, 504) else None


def _vercel(headers: Mapping[str, str], status: int) -> Fault | None:
    error = headers.get("x-vercel-error", "")
    if status < 500 or not error:
        return None
    return Fault.EDGE if error.startswith("INTERNAL_") else Fault.ORIGIN


def _unsaid(_headers: Mapping[str, str], _status: int) -> Fault | None:
    return None


def _has(*names: str) -> Callable[[Mapping[str, str]], bool]:
    return lambda headers: any(name in headers for name in names)


def _begins(name: str, *beginnings: str) -> Callable[[Mapping[str, str]], bool]:
    return lambda headers: headers.get(name, "").lower().startswith(beginnings)


def _either(*tests: Callable[[Mapping[str, str]], bool]) -> Callable[[Mapping[str, str]], bool]:
    return lambda headers: any(test(headers) for test in tests)


def _is_fastly(headers: Mapping[str, str]) -> bool:
    return headers.get("x-served-by", "").lower().startswith("cache-") or any(
        name.startswith(("x-fastly-", "fastly-")) for name in headers
    )


def _is_cloudfront(headers: Mapping[str, str]) -> bool:
    return "x-amz-cf-id" in headers or "(cloudfront)" in headers.get("via", "").lower()


def _is_akamai(headers: Mapping[str, str]) -> bool:
    named = headers.get("server", "").lower() == "akamaighost" or "akamai-grn" in headers
    return named or any(name.startswith("x-akamai-") for name in headers)


_Test = Callable[[Mapping[str, str]], bool]
_Judge = Callable[[Mapping[str, str], int], Fault | None]

_NETWORKS: tuple[tuple[str, _Test, _Judge], ...] = (
    # What stands before another comes first: Cloudflare passes on the headers of what is behind it.
    ("Cloudflare", _either(_has("cf-ray"), _begins("server", "cloudflare")), _cloudflare),
    ("Fastly", _is_fastly, _fastly),
    ("CloudFront", _is_cloudfront, _gateway),
    ("Akamai", _is_akamai, _akamai),
    ("Azure Front Door", _has("x-azure-ref", "x-msedge-ref"), _azure),
    ("Vercel", _has("x-vercel-id", "x-vercel-error"), _vercel),
    ("Netlify", _has("x-nf-request-id"), _unsaid),
    ("bunny.net", _either(_has("cdn-pullzone", "cdn-requestid"), _begins("server", "bunnycdn")), _unsaid),
    ("Imperva", _either(_has("x-iinfo"), _begins("x-cdn", "incapsula", "imperva")), _unsaid),
    ("Sucuri", _has("x-sucuri-id"), _unsaid),
    ("CDN77", _either(*(_has(f"x-77-{name}") for name in ("cache", "pop", "nzt", "age"))), _unsaid),
    ("Fly.io", _either(_has("fly-request-id"), _begins("server", "fly/")), _unsaid),
    ("GitHub", _has("x-github-request-id"), _unsaid),
    ("Google", _either(_begins("via", "1.1 google"), _begins("server", "google frontend", "gws")), _unsaid),
    ("Meta", _has("x-fb-debug"), _unsaid),
)

_BY_ITSELF = ("proxy_internal_", "proxy_configuration_error", "proxy_loop_detected")
_FROM_BEHIND = ("destination_", "dns_", "connection_", "tls_", "http_response_")


def _by_proxy_status(text: str) -> Delivery | None:
    """Return what the intermediary nearest to us says of itself (RFC 9209: the last member is the nearest)."""
    name, *parameters = (part.strip() for part in text.rpartition(",")[2].split(";"))
    if not name:
        return None
    told = dict(parameter.partition("=")[::2] for parameter in parameters)
    error = told.get("error", "").strip('"')
    if error.startswith(_BY_ITSELF):
        return Delivery(name.strip('"'), Fault.EDGE)
    if error.startswith(_FROM_BEHIND) or "received-status" in told:
        return Delivery(name.strip('"'), Fault.ORIGIN)
    return None

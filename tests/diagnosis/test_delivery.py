"""Who delivered an answer, and who fails, by headers and status."""

import pytest

from manara.diagnosis.delivery import Delivery, Fault, delivery_of
from manara.model import Facts


def delivered(status, **headers):
    carriers = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return delivery_of(Facts(http_status=status, carriers=carriers))


@pytest.mark.parametrize(
    ("status", "headers", "expected"),
    [
        # 8 June 2021: Fastly's own 503.
        (503, {"x_served_by": "cache-ams21034-AMS", "via": "1.1 varnish"}, Delivery("Fastly", Fault.EDGE)),
        (503, {"x_served_by": "cache-ams21034-AMS", "server": "Varnish"}, Delivery("Fastly", Fault.EDGE)),
        (503, {"x_served_by": "cache-ams21034-AMS", "server": "nginx"}, Delivery("Fastly")),
        (500, {"x_fastly_request_id": "1"}, Delivery("Fastly")),
        # 18 November 2025: Cloudflare's own 500.
        (500, {"server": "cloudflare", "cf_ray": "1-CDG"}, Delivery("Cloudflare", Fault.EDGE)),
        (500, {"cf_ray": "1-CDG", "cf_cache_status": "DYNAMIC"}, Delivery("Cloudflare")),
        (522, {"cf_ray": "1-CDG"}, Delivery("Cloudflare", Fault.ORIGIN)),
        (403, {"cf_ray": "1-CDG"}, Delivery("Cloudflare")),
        (504, {"x_amz_cf_id": "a=", "x_cache": "Error from cloudfront"}, Delivery("CloudFront", Fault.ORIGIN)),
        (503, {"via": "1.1 abc.cloudfront.net (CloudFront)"}, Delivery("CloudFront")),
        (503, {"server": "AkamaiGHost"}, Delivery("Akamai", Fault.EDGE)),
        (504, {"server": "AkamaiGHost"}, Delivery("Akamai", Fault.ORIGIN)),
        (500, {"akamai_grn": "0.1"}, Delivery("Akamai")),
        (500, {"x_akamai_request_id": "1"}, Delivery("Akamai")),
        (503, {"x_azure_ref": "1"}, Delivery("Azure Front Door", Fault.ORIGIN)),
        (500, {"x_azure_ref": "1"}, Delivery("Azure Front Door")),
        (500, {"x_vercel_error": "INTERNAL_ROUTER_CANNOT_PARSE_PATH"}, Delivery("Vercel", Fault.EDGE)),
        (500, {"x_vercel_id": "1", "x_vercel_error": "FUNCTION_INVOCATION_FAILED"}, Delivery("Vercel", Fault.ORIGIN)),
        (500, {"x_vercel_id": "1"}, Delivery("Vercel")),
        (500, {"x_nf_request_id": "1"}, Delivery("Netlify")),
        (500, {"server": "BunnyCDN-DE1-1"}, Delivery("bunny.net")),
        (500, {"x_cdn": "Incapsula"}, Delivery("Imperva")),
        (500, {"x_sucuri_id": "1"}, Delivery("Sucuri")),
        (500, {"x_77_cache": "MISS"}, Delivery("CDN77")),
        (500, {"server": "Fly/1234"}, Delivery("Fly.io")),
        (503, {"x_github_request_id": "1"}, Delivery("GitHub")),
        (502, {"via": "1.1 google"}, Delivery("Google")),
        (503, {"x_fb_debug": "abc", "proxy_status": "no_server_available"}, Delivery("Meta")),
        (503, {"server": "nginx"}, None),
        (503, {}, None),
    ],
)
def test_a_network_is_recognised_by_its_headers(status, headers, expected):
    assert delivered(status, **headers) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("edge1; error=proxy_internal_error", Delivery("edge1", Fault.EDGE)),
        ('"edge 1"; error="connection_refused"', Delivery("edge 1", Fault.ORIGIN)),
        ("inner; error=proxy_internal_error, edge; received-status=503", Delivery("edge", Fault.ORIGIN)),
        ("edge", None),
        ("no_server_available", None),
        (";;;", None),
        (",", None),
        ("edge; error", None),
    ],
)
def test_an_intermediary_says_what_went_wrong_in_the_standard_header(text, expected):
    assert delivered(502, proxy_status=text) == expected


def test_the_standard_header_tells_whose_fault_it_is_where_the_network_is_known():
    found = delivered(503, x_served_by="cache-1", proxy_status="fastly; error=destination_unavailable")

    assert found == Delivery("Fastly", Fault.ORIGIN)

"""A page that is well and one that is not, of each kind, in the shape that its maker gives it; made up."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from manara.model import OfficialState, PageKind
from manara.official.answer import Answer

AT = datetime(2021, 10, 4, 16, 0, tzinfo=UTC)
"""When everything is read."""
BEGAN = "2021-10-04T15:40:00Z"
SAID = "2021-10-04T15:50:00Z"
HTML = b"<!DOCTYPE html><html><head><title>All Systems Operational</title></head><body>operational</body></html>"


@dataclass(frozen=True)
class Sample:
    """Documents as Python values, or as text where they are XML."""

    well: Any
    sick: Any
    trouble: OfficialState
    """What the sick one says."""


def answer(document: Any, at: datetime = AT) -> Answer:
    """Return the answer of a server that has this document."""
    if isinstance(document, bytes):
        return Answer(document, "", at)
    if isinstance(document, str):
        return Answer(document.encode(), "application/xml", at)
    return Answer(json.dumps(document).encode(), "application/json", at)


def statuspage(indicator: str = "none", api: str = "operational", **more: Any) -> dict[str, Any]:
    return {
        "page": {"id": "kctbh9vrtdwd", "name": "Shop", "url": "https://status.example"},
        "status": {
            "indicator": indicator,
            "description": "All Systems Operational" if indicator == "none" else "Trouble",
        },
        "components": [
            {"id": "g", "name": "Europe", "status": None, "group": True},
            {"id": "a", "name": "API", "status": api, "group": False, "group_id": "g"},
            {"id": "w", "name": "Website", "status": "operational", "group": False, "group_id": None},
        ],
        "incidents": [],
        "scheduled_maintenances": [],
        **more,
    }


STATUSPAGE_INCIDENT = {
    "id": "i1",
    "name": "Errors at <b>checkout</b>",
    "status": "identified",
    "impact": "major",
    "created_at": BEGAN,
    "started_at": BEGAN,
    "resolved_at": None,
    "shortlink": "https://stspg.io/i1",
    "incident_updates": [
        {"status": "investigating", "body": "We look into it.", "display_at": BEGAN},
        {"status": "identified", "body": "<p>Found.</p><script>alert(1)</script>", "display_at": SAID},
    ],
    "components": [{"id": "a", "name": "API"}],
}


def feed(*items: str) -> str:
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Shop Status</title>{"".join(items)}</channel></rss>'
    )


def item(stage: str, guid: str = "1", published: str = "Mon, 04 Oct 2021 15:50:00 +0000") -> str:
    return (
        f"<item><title>Errors at checkout</title><guid>{guid}</guid><pubDate>{published}</pubDate>"
        f"<link>https://status.example/{guid}</link>"
        f"<description>&lt;p&gt;&lt;small&gt;Oct 4&lt;/small&gt;&lt;br&gt;&lt;strong&gt;{stage}&lt;/strong&gt; - words"
        "&lt;/p&gt;</description></item>"
    )


def atom(*entries: str) -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Shop Status</title>{"".join(entries)}</feed>'


def atom_entry(stage: str, key: str = "1", updated: str = SAID) -> str:
    return (
        f"<entry><id>tag:{key}</id><title>Errors</title><published>{BEGAN}</published><updated>{updated}</updated>"
        f'<link rel="alternate" href="https://status.example/{key}"/>'
        f'<content type="html">&lt;p&gt;&lt;strong&gt;{stage}&lt;/strong&gt; - words&lt;/p&gt;</content></entry>'
    )


def xbox(state: str) -> str:
    return (
        "<?xml version='1.0'?><ServiceStatus><Status><Overall><State>" + state + "</State></Overall></Status>"
        "<CoreServices><Category><Id>1</Id><Name>Account</Name><Status><Id>1</Id><Name>" + state + "</Name></Status>"
        "</Category></CoreServices></ServiceStatus>"
    )


def better_stack(state: str, *reports: dict[str, Any]) -> dict[str, Any]:
    return {
        "data": {"id": "1", "type": "status_page", "attributes": {"company_name": "Shop", "aggregate_state": state}},
        "included": [
            {"id": "5", "type": "status_page_section", "attributes": {"name": "Europe"}},
            {
                "id": "7",
                "type": "status_page_resource",
                "attributes": {"public_name": "API", "status": state, "status_page_section_id": 5},
            },
            {
                "id": "8",
                "type": "status_page_resource",
                "attributes": {"public_name": "Old", "status": "not_monitored"},
            },
            *reports,
        ],
    }


BETTER_STACK_REPORT = [
    {
        "id": "r1",
        "type": "status_report",
        "attributes": {
            "title": "Checkout fails",
            "report_type": "manual",
            "starts_at": BEGAN,
            "ends_at": None,
            "aggregate_state": "downtime",
        },
        "relationships": {"status_updates": {"data": [{"id": "u1", "type": "status_update"}]}},
    },
    {"id": "u1", "type": "status_update", "attributes": {"message": "We look into it.", "published_at": SAID}},
]


def status_io(code: int, *incidents: dict[str, Any]) -> dict[str, Any]:
    return {
        "result": {
            "status_overall": {"status": "Word", "status_code": code, "updated": SAID},
            "status": [
                {
                    "id": "s1",
                    "name": "API",
                    "status_code": code,
                    "containers": [{"id": "c1", "name": "Paris", "status_code": code}],
                }
            ],
            "incidents": list(incidents),
            "maintenance": {"active": [], "upcoming": []},
        }
    }


STATUS_IO_INCIDENT = {
    "_id": "i1",
    "name": "Checkout fails",
    "datetime_open": BEGAN,
    "messages": [{"details": "We look into it.", "state": 100, "status": 500, "datetime": SAID}],
}


def google(**fields: Any) -> dict[str, Any]:
    return {
        "id": "g1",
        "number": "17",
        "begin": BEGAN,
        "external_desc": "Mail is delayed",
        "updates": [{"when": SAID, "text": "**Summary** mail is delayed", "status": "SERVICE_DISRUPTION"}],
        "most_recent_update": {"when": SAID, "text": "**Summary** mail is delayed", "status": "AVAILABLE"},
        "status_impact": "SERVICE_DISRUPTION",
        "severity": "medium",
        "service_name": "Multiple Products",
        "affected_products": [{"title": "Gmail", "id": "x"}],
        **fields,
    }


def aws_event(status: Any) -> dict[str, Any]:
    return {
        "service": "s3-us-east-1",
        "service_name": "Storage",
        "region_name": "N. Virginia",
        "status": status,
        "summary": "[RESOLVED] Errors" if status == "0" else "Errors",
        "date": "1633362000",
        "end_time": "1633363000" if status == "0" else "",
        "arn": "arn:1",
        "event_log": [{"summary": "Errors", "message": "We look into it.", "status": 1, "timestamp": 1633362600}],
    }


def apple(**event: Any) -> dict[str, Any]:
    events = [{"messageId": "1", "statusType": "Outage", "eventStatus": "ongoing", **event}] if event else []
    return {
        "services": [
            {"serviceName": "iCloud Mail", "redirectUrl": None, "events": events},
            {"serviceName": "Maps", "events": []},
        ]
    }


def psn(*statuses: dict[str, Any]) -> dict[str, Any]:
    services = [{"serviceName": "Gaming", "status": list(statuses), "resources": []}]
    return {"status": [], "countries": [{"countryCode": "US", "status": [], "services": services}]}


def nintendo(*statuses: dict[str, Any], maintenances: list[Any] | None = None) -> dict[str, Any]:
    return {"operational_statuses": list(statuses), "temporary_maintenances": maintenances or []}


def meta(word: str) -> list[dict[str, Any]]:
    return [
        {"id": "a", "name": "Ads", "services": [{"id": "a1", "name": "Ads Manager", "status": word, "time": BEGAN}]},
        {"id": "w", "name": "WhatsApp", "services": [{"id": "w1", "name": "Cloud API", "status": "No known issues"}]},
    ]


def adobe(**product: Any) -> dict[str, Any]:
    return {
        "incidentEvent": {
            "messages": {"en": {"t": "Fonts fail", "m": "We look into it."}},
            "incidents": {
                "1": {
                    "id": "1",
                    "products": {
                        "9": {
                            "id": "9",
                            "name": "Fonts",
                            "startedOn": 1633361000,
                            "history": {
                                "1633361000": {"status": "Open", "severity": "Minor", "messageToken": "m"},
                                "1633362000": {
                                    "status": "Open",
                                    "severity": "Critical",
                                    "titleToken": "t",
                                    "messageToken": "m",
                                    "messageTime": 1633362000,
                                },
                            },
                            **product,
                        }
                    },
                }
            },
        }
    }


def zendesk(**attributes: Any) -> dict[str, Any]:
    return {
        "data": [
            {
                "id": "1",
                "type": "incident",
                "attributes": {
                    "title": "Tickets fail",
                    "outage": True,
                    "startedAt": BEGAN,
                    "resolvedAt": None,
                    **attributes,
                },
                "relationships": {"incidentUpdates": {"data": [{"id": "u1", "type": "incidentUpdate"}]}},
            }
        ],
        "included": [
            {"id": "u1", "type": "incidentUpdate", "attributes": {"description": "We look.", "createdAt": SAID}},
            {"id": "u2", "type": "incidentUpdate", "attributes": {"description": "Of another.", "createdAt": SAID}},
        ],
    }


def freshstatus(word: str) -> list[dict[str, Any]]:
    return [
        {
            "id": 1,
            "name": "Europe",
            "status": None,
            "components": [{"id": 2, "name": "API", "status": word, "components": []}],
        },
        {
            "id": 3,
            "name": "Gone",
            "display_options": {"ignore_overall_status": "true"},
            "components": [{"id": 4, "name": "Old API", "status": "MO"}],
        },
    ]


SAMPLES: dict[PageKind, Sample] = {
    PageKind.STATUSPAGE: Sample(
        statuspage(),
        statuspage("major", "partial_outage", incidents=[STATUSPAGE_INCIDENT]),
        OfficialState.PARTIAL_OUTAGE,
    ),
    PageKind.INCIDENT_IO: Sample(
        {"page_title": "Shop", "ongoing_incidents": [], "in_progress_maintenances": [], "scheduled_maintenances": []},
        {
            "page_title": "Shop",
            "ongoing_incidents": [
                {
                    "id": "1",
                    "name": "Checkout fails",
                    "status": "investigating",
                    "current_worst_impact": "full_outage",
                    "url": "https://status.example/1",
                    "last_update_at": SAID,
                    "last_update_message": "We look into it.",
                    "affected_components": [{"id": "a", "name": "API", "current_status": "full_outage"}],
                }
            ],
            "in_progress_maintenances": [],
        },
        OfficialState.MAJOR_OUTAGE,
    ),
    PageKind.INSTATUS: Sample(
        {"page": {"name": "Shop", "url": "https://status.example", "status": "UP"}},
        {
            "page": {"name": "Shop", "url": "https://status.example", "status": "HASISSUES"},
            "activeIncidents": [
                {"name": "Checkout fails", "started": BEGAN, "status": "INVESTIGATING", "impact": "MAJOROUTAGE"}
            ],
        },
        OfficialState.MAJOR_OUTAGE,
    ),
    PageKind.BETTER_STACK: Sample(
        better_stack("operational"), better_stack("downtime", *BETTER_STACK_REPORT), OfficialState.MAJOR_OUTAGE
    ),
    PageKind.STATUS_IO: Sample(status_io(100), status_io(500, STATUS_IO_INCIDENT), OfficialState.MAJOR_OUTAGE),
    PageKind.CACHET: Sample(
        {"data": [{"id": 1, "name": "API", "status": 1}, {"id": 2, "name": "Site", "status": "1"}]},
        {"data": [{"id": 1, "name": "API", "status": 3}, {"id": 2, "name": "Site", "status": "3"}]},
        OfficialState.PARTIAL_OUTAGE,
    ),
    PageKind.CSTATE: Sample(
        {"title": "Shop", "summaryStatus": "ok", "systems": [{"name": "API", "category": "Core", "status": "ok"}]},
        {
            "title": "Shop",
            "summaryStatus": "down",
            "systems": [
                {
                    "name": "API",
                    "status": "down",
                    "unresolvedIssues": [
                        {
                            "title": "API down",
                            "createdAt": BEGAN,
                            "permalink": "https://status.example/1",
                            "severity": "down",
                            "resolved": False,
                        }
                    ],
                }
            ],
            "pinnedIssues": [],
        },
        OfficialState.MAJOR_OUTAGE,
    ),
    PageKind.SORRY: Sample(
        {"components": [{"id": 1, "name": "App", "state": "operational"}]},
        {"components": [{"id": 1, "name": "App", "state": "degraded"}]},
        OfficialState.PARTIAL_OUTAGE,
    ),
    PageKind.FRESHSTATUS: Sample(freshstatus("OP"), freshstatus("PO"), OfficialState.PARTIAL_OUTAGE),
    PageKind.GOOGLE_INCIDENTS: Sample([google(end=SAID)], [google()], OfficialState.PARTIAL_OUTAGE),
    PageKind.AWS: Sample([aws_event("0")], [aws_event("3")], OfficialState.MAJOR_OUTAGE),
    PageKind.AZURE: Sample(feed(), feed(item("x")), OfficialState.DEGRADED),
    PageKind.AZURE_DEVOPS: Sample(
        {"status": {"health": "healthy", "message": "Fine"}, "services": []},
        {
            "status": {"health": "degraded", "message": "Hm"},
            "services": [{"id": "Boards", "geographies": [{"id": "EU", "name": "Europe", "health": "unhealthy"}]}],
        },
        OfficialState.MAJOR_OUTAGE,
    ),
    PageKind.MICROSOFT_365: Sample(
        [{"Id": "1", "ServiceDisplayName": "Outlook", "Status": "Operational", "Title": "", "Message": ""}],
        [
            {
                "Id": "1",
                "ServiceDisplayName": "Outlook",
                "Status": "ServiceInterruption",
                "Title": "Mail fails",
                "Message": "<p>We look into it.</p>",
                "LastUpdatedTime": SAID,
            }
        ],
        OfficialState.MAJOR_OUTAGE,
    ),
    PageKind.SLACK: Sample(
        {"status": "ok", "date_created": BEGAN, "active_incidents": []},
        {
            "status": "active",
            "active_incidents": [
                {
                    "id": 1,
                    "title": "Messages fail",
                    "type": "outage",
                    "status": "active",
                    "date_created": BEGAN,
                    "url": "https://slack-status.com/1",
                    "services": ["Messaging"],
                    "notes": [{"date_created": SAID, "body": "We look into it."}],
                }
            ],
        },
        OfficialState.MAJOR_OUTAGE,
    ),
    PageKind.APPLE: Sample(
        apple(),
        apple(epochStartDate=1633361000000, epochEndDate=None, usersAffected="Some users are affected", message="Slow"),
        OfficialState.PARTIAL_OUTAGE,
    ),
    PageKind.META: Sample(meta("No known issues"), meta("High disruptions"), OfficialState.MAJOR_OUTAGE),
    PageKind.PLAYSTATION: Sample(
        psn(), psn({"statusId": "1", "statusType": "Outage", "message": "No games"}), OfficialState.MAJOR_OUTAGE
    ),
    PageKind.XBOX: Sample(xbox("None"), xbox("Impacted"), OfficialState.DEGRADED),
    PageKind.NINTENDO: Sample(
        nintendo(),
        nintendo({"software_title": "Online play", "message": "Fails", "begin": "Monday", "event_status": "1"}),
        OfficialState.DEGRADED,
    ),
    PageKind.RIOT: Sample(
        {"id": "NA1", "name": "North America", "incidents": [], "maintenances": []},
        {
            "id": "NA1",
            "name": "North America",
            "incidents": [
                {
                    "id": 1,
                    "incident_severity": "critical",
                    "titles": [{"locale": "fr_FR", "content": "Panne"}, {"locale": "en_US", "content": "No login"}],
                    "created_at": BEGAN,
                    "updates": [{"created_at": SAID, "translations": [{"locale": "fr_FR", "content": "On regarde"}]}],
                }
            ],
            "maintenances": [],
        },
        OfficialState.MAJOR_OUTAGE,
    ),
    PageKind.STRIPE: Sample(
        {"UptimeStatus": "up", "message": "All services are online."},
        {"largestatus": "down", "message": "Down", "statuses": {"api": "down"}},
        OfficialState.MAJOR_OUTAGE,
    ),
    PageKind.PAYPAL: Sample(
        {"result": [{"name": "Checkout", "status": {"production": "operational", "sandbox": "service disruption"}}]},
        {"result": [{"name": "Checkout", "status": {"production": "Service_Disruption", "sandbox": "operational"}}]},
        OfficialState.PARTIAL_OUTAGE,
    ),
    PageKind.SALESFORCE: Sample(
        [],
        [
            {
                "id": 5,
                "serviceKeys": ["core"],
                "instanceKeys": ["NA1"],
                "IncidentImpacts": [{"severity": "major", "startTime": BEGAN}],
                "IncidentEvents": [{"type": "investigating", "message": "We look into it.", "createdAt": SAID}],
            }
        ],
        OfficialState.MAJOR_OUTAGE,
    ),
    PageKind.HEROKU: Sample(
        {"status": [{"system": "Apps", "status": "green"}], "incidents": [], "scheduled": []},
        {
            "status": [{"system": "Apps", "status": "red"}],
            "incidents": [
                {
                    "id": 1,
                    "title": "Dynos fail",
                    "created_at": BEGAN,
                    "resolved": False,
                    "full_url": "https://status.heroku.com/1",
                    "updates": [{"contents": "We look into it.", "update_type": "issue", "created_at": SAID}],
                }
            ],
        },
        OfficialState.MAJOR_OUTAGE,
    ),
    PageKind.ADOBE: Sample(adobe(endedOn=1633363000), adobe(), OfficialState.MAJOR_OUTAGE),
    PageKind.ZENDESK: Sample(zendesk(resolvedAt=SAID), zendesk(), OfficialState.MAJOR_OUTAGE),
    PageKind.ALGOLIA: Sample(
        {"status": {"c1-fr": "operational", "c2-de": "operational"}},
        {"status": {"c1-fr": "major_outage", "c2-de": "partial_outage"}},
        OfficialState.MAJOR_OUTAGE,
    ),
}
"""By kind; feeds stand apart, since none of them is ever well."""

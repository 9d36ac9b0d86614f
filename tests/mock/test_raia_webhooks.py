"""raia's webhooks: made, and never called."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from causerie_mock import Mock, serve
from tests.mock.test_raia import refused

WEBHOOKS = "/external/agents/webhooks"
EXAMPLE: dict[str, Any] = {
    "title": "My Webhook",
    "description": "This webhook is triggered when a message is received",
    "url": "https://api.example.com/webhook",
    "triggerCondition": "each_message",
    "headers": {"Authorization": "Bearer token"},
}


def test_a_webhook_is_made(raia: httpx.Client, other_raia: httpx.Client) -> None:
    """It is active, belongs to the agent of the key, and shows what was sent."""
    answer = raia.post(WEBHOOKS, json={**EXAMPLE, "other": 1})
    again, other = (client.post(WEBHOOKS, json=EXAMPLE).json() for client in (raia, other_raia))
    made = answer.json()

    assert (201, "active") == (answer.status_code, made["status"])
    assert EXAMPLE == {name: made[name] for name in EXAMPLE}
    assert made["createdAt"] == made["updatedAt"]
    assert "other" not in made
    assert made["id"] != again["id"]
    assert made["agentId"] == again["agentId"] != other["agentId"]


def shown(client: httpx.Client) -> list[dict[str, Any]]:
    """Return the webhooks that the agent shows."""
    skills = client.get("/external/agents/by-api-key").json()["skills"]
    return [webhook for skill in skills for webhook in skill.get("webhooks", ())]


# behaviour: 100-webhooks-are-remembered
def test_the_agent_shows_its_webhooks(raia: httpx.Client, other_raia: httpx.Client) -> None:
    """In the order in which they were made, without ids, and no other agent's; of very many, the latest."""
    raia.post(WEBHOOKS, json=EXAMPLE)
    raia.post(WEBHOOKS, json={name: value for name, value in EXAMPLE.items() if name != "headers"})
    first, second = shown(raia)
    for number in range(100):
        raia.post(WEBHOOKS, json={**EXAMPLE, "title": str(number)})

    assert {**EXAMPLE, "status": "active"} == first
    assert first == {**second, "headers": EXAMPLE["headers"]}
    assert [str(number) for number in range(100)] == [each["title"] for each in shown(raia)]
    assert [] == shown(other_raia)


def test_the_agents(raia: httpx.Client, other_raia: httpx.Client) -> None:
    """Each key has its agent, which stays as it is."""
    first, second = (client.get("/external/agents/by-api-key").json() for client in (raia, other_raia))

    assert ("Reception", "Support") == (first["name"], second["name"])
    assert ["API", "LIVE_CHAT", "WEBHOOK"] == [skill["systemName"] for skill in first["skills"]]
    assert (["front desk"], None) == (first["tags"], second["tags"])
    assert first == raia.get("/external/agents/by-api-key").json()


def test_skills_are_kept_from_the_log(raia_vendor: Mock, raia: httpx.Client) -> None:
    """They hold keys and the headers of webhooks."""
    raia.post(WEBHOOKS, json=EXAMPLE)
    key = raia.get("/external/agents/by-api-key").json()["skills"][0]["apiKey"]
    recorded = raia_vendor.requests.last

    assert "***" == json.loads(recorded.reply.body)["skills"]
    assert key not in repr(recorded)


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example.com/webhook",
        "ftp://api.example.com",
        "api.example.com",
        "https://",
        "https://[::1",
        *(
            f"https://{host}/webhook"
            for host in (
                "localhost",
                "LOCALHOST.",
                "api.localhost:8443",
                "127.0.0.1",
                "127.1",
                "2130706433",
                "0x7f000001",
                "0177.0.0.1",
                "\uff11\uff12\uff17.0.0.1",
                "user:password@10.0.0.1",
                "192.168.1.1:443",
                "172.16.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.1.1",
                "[::1]",
                "[fe80::1%25eth0]",
                "[fd00::1]",
                "[::ffff:127.0.0.1]",
            )
        ),
    ],
)
def test_an_address_that_is_not_public_is_refused(raia: httpx.Client, url: str) -> None:
    """However it is spelled, as is what is not HTTPS."""
    answer = raia.post(WEBHOOKS, json={**EXAMPLE, "url": url})

    assert (400, "BAD_REQUEST", "INVALID_REQUEST") == refused(answer)
    assert ["/url"] == [detail["path"] for detail in answer.json()["details"]]


@pytest.mark.parametrize("host", ["8.8.8.8", "[2606:4700::1111]", "localhost.example.com", "xn--bcher-kva.example"])
def test_other_addresses_are_not_looked_up(raia: httpx.Client, host: str) -> None:
    """A name is taken at its word."""
    assert 201 == raia.post(WEBHOOKS, json={**EXAMPLE, "url": f"https://{host}:8443/"}).status_code


def test_headers_are_kept_from_the_log(raia_vendor: Mock, raia: httpx.Client) -> None:
    """They hold secrets: neither the request nor the reply shows what is in them."""
    raia.post(WEBHOOKS, json=EXAMPLE)
    recorded = raia_vendor.requests.last

    assert {**EXAMPLE, "headers": {"Authorization": "***"}} == recorded.json
    assert b"token" not in recorded.body + recorded.reply.body
    assert b"active" in recorded.reply.body
    assert recorded == raia_vendor.requests.one(operation="create_webhook", json={"title": "My Webhook"})


@pytest.mark.parametrize(
    "body",
    [
        b'{"headers": "Bearer token"}',
        b'{"headers": {"Authorization": "Bearer token"',
        b'["Bearer token"]',
        b'{"headers": {"Authorization": "Bearer token"}}',
    ],
)
def test_headers_are_kept_from_the_log_of_a_refusal(raia_vendor: Mock, raia: httpx.Client, body: bytes) -> None:
    """What is wrong is told to the client alone."""
    answer = raia.post(WEBHOOKS, content=body, headers={"content-type": "application/json"})
    recorded = raia_vendor.requests.last

    assert (400, 400, "create_webhook") == (answer.status_code, recorded.status, recorded.operation)
    assert "token" not in repr(recorded)


def test_nothing_to_keep_from_the_log(raia_vendor: Mock, raia: httpx.Client) -> None:
    """A request without a body, or without headers, is recorded as it is."""
    raia.post(WEBHOOKS)
    bare = {name: value for name, value in EXAMPLE.items() if name != "headers"}
    raia.post(WEBHOOKS, json=bare)
    empty, whole = raia_vendor.requests

    assert (b"", bare) == (empty.body, whole.json)


def test_the_control_endpoints_do_not_show_them_either() -> None:
    """The log that the page shows is the same."""
    mock = Mock("raia")
    with serve([mock]) as urls, httpx.Client() as client:
        client.post(f"{urls['raia']}{WEBHOOKS}", json=EXAMPLE, headers=mock.headers())
        shown = client.get(urls["raia"].replace("/raia", "/_causerie/raia/requests")).text

    assert "create_webhook" in shown
    assert "Bearer token" not in shown

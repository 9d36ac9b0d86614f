"""raia's operation on webhooks.

Their URLs are public, so the mock never calls them: a test names the targets to call.
"""

from __future__ import annotations

import ipaddress
import socket
import unicodedata
from typing import Any
from urllib.parse import urlsplit

from .._exchange import Issue, Problem
from .._vendor import Call, Handler
from .state import State, agent_of
from .times import timestamp

_FIELDS = ("title", "description", "url", "triggerCondition", "headers")


def create_webhook(state: State, call: Call) -> Any:
    """POST /external/agents/webhooks."""
    # behaviour: webhook-url-is-public, webhook-is-written, new-webhook-is-active, webhook-belongs-to-the-agent
    if not _is_public(call.body["url"]):
        raise Problem(
            400, "The URL cannot be called.", [Issue("/url", "It must be HTTPS and lead to a public address.")]
        )
    agent = agent_of(state, call)
    date = timestamp(state.world.clock.now)
    webhook = {
        "id": state.world.ids.uuid(),
        "agentId": agent.id,
        **{name: call.body[name] for name in _FIELDS if name in call.body},
        "status": "active",
        "createdAt": date,
        "updatedAt": date,
    }
    agent.webhooks[webhook["id"]] = webhook
    return webhook


HANDLERS: dict[str, Handler] = {create_webhook.__name__: create_webhook}


def _is_public(url: str) -> bool:
    """Return whether a URL is HTTPS and its host is not known to be private."""
    # behaviour: no-name-is-looked-up
    try:
        parts = urlsplit(url)
        host = unicodedata.normalize("NFKC", parts.hostname or "").rstrip(".")
    except ValueError:
        return False
    if parts.scheme != "https" or not host or host == "localhost" or host.endswith(".localhost"):
        return False
    address = _address(host)
    return address is None or (address.is_global and not address.is_multicast)


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the IP address in a host, including forms like 127.1 and 0x7f000001; None for a name."""
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        pass
    try:
        address = ipaddress.IPv6Address(host)
    except ValueError:
        return None
    return address.ipv4_mapped or address

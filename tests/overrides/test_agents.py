"""raia's agent, and the secrets in it."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

import causerie
from causerie.testing import RaiaMock

from .conftest import Caller, Shell, json

HUSH = "-".join(["hush", "hush"])
AGENT: dict[str, Any] = {
    "id": "a1",
    "name": "Reception",
    "skills": [
        {"systemName": "API", "status": "active", "apiKey": HUSH},
        {"systemName": "CALENDAR", "status": "active", "config": {"type": "cal", "apiKey": HUSH, "prompt": "Book."}},
        {
            "systemName": "WEBHOOK",
            "status": "active",
            "webhooks": [
                {"title": "T", "headers": {"X": HUSH, "N": 1, "L": [HUSH]}},
                {"title": "None", "headers": None},
            ],
        },
        {"systemName": "FUTURE", "status": "active", "accessTokens": [HUSH], "client_secret": {"value": HUSH}},
    ],
}


def test_secrets_are_there_and_do_not_show(caller: Caller) -> None:
    """Keys, tokens and the headers of webhooks can be used, and no repr has them."""
    agent, _ = caller("raia", lambda c: c.agents.get(), json(AGENT))
    (first, second), _ = caller("raia", lambda c: c.webhooks.list(), json(AGENT))

    assert AGENT == agent.to_dict()
    assert (HUSH, None) == (first.headers["X"], second.headers)
    assert HUSH not in repr(agent) + repr(agent.skills) + repr(first) + repr(first.headers)
    assert "Book." in repr(agent)


def test_a_good_key(raia_mock: RaiaMock) -> None:
    """The agent of the key answers, and each key has its own."""
    first, second = (raia_mock.client(tenant=tenant).agents.get() for tenant in (0, 1))

    assert ("Reception", "Support") == (first.name, second.name)
    assert first.id == raia_mock.client().webhooks.create("T", "D", "https://a.test/", "manual").agent_id


def test_a_bad_key(raia_mock: RaiaMock) -> None:
    """A bad key is an AuthenticationError, which says what else may be wrong with it."""
    with (
        causerie.Raia("wrong", base_url=raia_mock.url) as raia,
        pytest.raises(causerie.AuthenticationError, match="it has expired, or it was revoked") as caught,
    ):
        raia.agents.get()

    assert caught.value.meanings == pickle.loads(pickle.dumps(caught.value)).meanings


def test_webhooks_that_were_made(raia_mock: RaiaMock) -> None:
    """Webhooks that were made are seen from then on, in their order."""
    raia = raia_mock.client()
    before = raia.webhooks.list()
    raia.webhooks.create("One", "D", "https://a.test/1", "each_message", headers={"Authorization": HUSH})
    raia.webhooks.create("Two", "D", "https://a.test/2", "manual")
    found = raia.webhooks.list()

    assert [] == before
    assert [("One", "active"), ("Two", "active")] == [(each.title, each.status) for each in found]
    assert [{"Authorization": HUSH}, causerie.UNSET] == [each.headers for each in found]


@pytest.mark.parametrize("skills", [None, {}, "x"])
def test_skills_that_are_none(skills: Any, caller: Caller) -> None:
    """An agent whose skills cannot be read is not passed off as one without webhooks."""
    with pytest.raises(causerie.APIResponseValidationError):
        caller("raia", lambda c: c.webhooks.list(), json({**AGENT, "skills": skills}))
    with pytest.raises(causerie.APIResponseValidationError, match="is not there"):
        caller("raia", lambda c: c.webhooks.list(), json({"id": "a1"}))


def test_the_command_shows_stars(shell: Shell) -> None:
    """A terminal is no place for a secret, in either format."""
    made = ["webhooks", "create", "T", "D", "https://a.test/", "manual", "--headers", f'{{"X": "{HUSH}"}}']
    answers = [shell("raia", *made), shell("raia", "webhooks", "list"), shell("raia", "agents", "get")]
    answers.append(shell("raia", "webhooks", "list", "--format", "table", "--columns", "headers.X"))

    assert [0] * 4 == [each.code for each in answers]
    assert HUSH not in "".join(each.out + each.err for each in answers)
    assert {"X": "***"} == answers[1].json[0]["headers"]

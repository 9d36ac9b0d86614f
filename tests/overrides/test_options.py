"""What a client is made with: bad input is refused before anything is sent, and secrets never show."""

from __future__ import annotations

import pickle
import re
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import causerie

from .conftest import ASYNC, SYNC, Caller, Vendor, json

CLIENTS = [*SYNC.values(), *ASYNC.values()]
ENVIRONMENT = {
    "CONVOCORE_API_KEY": "from-environment",
    "RAIA_AGENT_SECRET_KEY": "from-environment",
    "ZILD_TOKEN": "from-environment",
    "CONVOCORE_BASE_URL": "https://environment.test",
    "RAIA_BASE_URL": "https://environment.test",
    "ZILD_BASE_URL": "https://environment.test",
}
REGIONS = ("CONVOCORE_REGION", "RAIA_REGION")
URL = "https://vendor.test"


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*ENVIRONMENT, *REGIONS):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("client", CLIENTS)
def test_no_credential(client: Any) -> None:
    """Without a credential the sentence names the argument and the environment variable."""
    with pytest.raises(
        causerie.ArgumentError, match=r"(api_key|agent_secret_key|token): no credential: pass .* or set [A-Z_]+"
    ):
        client(base_url=URL)


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("secret", ["hush\n", " hush", "hüsh", "hu\x00sh"])
def test_impossible_credential(client: Any, secret: str) -> None:
    """A credential that no header can carry is refused, and not shown."""
    with pytest.raises(causerie.ArgumentError) as caught:
        client(secret, base_url=URL)

    assert secret not in str(caught.value)


def test_bearer_in_front() -> None:
    """A token that brings its own "Bearer" is refused with the remedy."""
    with pytest.raises(causerie.ArgumentError, match='without "Bearer "'):
        causerie.Zild("Bearer abc", base_url=URL)


@pytest.mark.parametrize("client", CLIENTS)
def test_environment(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Credential and address come from the environment as it is when the client is made."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    made = client()

    assert "https://environment.test" in repr(made)
    assert next(iter(made._driver.options.credential.values())).endswith("from-environment")


@pytest.mark.parametrize(
    ("client", "url"),
    [
        (lambda: causerie.Convocore("k"), "https://eu-gcp-api.vg-stuff.com/v3"),
        (lambda: causerie.Convocore("k", region="na"), "https://na-gcp-api.vg-stuff.com/v3"),
        (lambda: causerie.Convocore("k", region="na", base_url="http://white.test/v3"), "http://white.test/v3"),
        (lambda: causerie.Raia("k"), "https://api.raia2.com"),
        (lambda: causerie.Raia("k", region="us"), "https://api.raia2.com"),
        (lambda: causerie.Raia("k", region="eu"), "https://api-eu.raia2.com"),
        (lambda: causerie.Raia("k", base_url="http://localhost:1/x/"), "http://localhost:1/x"),
    ],
)
def test_hosts(client: Any, url: str) -> None:
    """A client asks the vendor's host, or an address of one's own without its last slash."""
    assert url == client()._driver.options.base_url


def test_zild_has_no_host() -> None:
    """Zild documents no host, and the sentence says what to do."""
    with pytest.raises(
        causerie.ArgumentError, match=r"base_url: .*no default host: pass base_url=..., or set ZILD_BASE_URL"
    ):
        causerie.Zild("t")


def test_empty_base_url() -> None:
    """An empty address is refused, and not taken as none: it would lead to the live host."""
    with pytest.raises(causerie.ArgumentError, match="base_url: '' is not"):
        causerie.Raia("k", base_url="")


@pytest.mark.parametrize(
    ("client", "sentence"),
    [
        (causerie.Convocore, "is not a region: give one of 'eu', 'na'"),
        (causerie.AsyncConvocore, "is not a region: give one of 'eu', 'na'"),
        (causerie.Raia, "is not a region: give one of 'us', 'eu'"),
        (causerie.AsyncRaia, "is not a region: give one of 'us', 'eu'"),
    ],
)
def test_unknown_region(client: Any, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error about an unknown region names the known ones, and the variable that the region came from."""
    for region in ("mars", "", ["eu"]):
        with pytest.raises(causerie.ArgumentError, match=re.escape(f"region: {region!r} {sentence}")):
            client("k", region=region)
    for variable in REGIONS:
        monkeypatch.setenv(variable, "mars")
    with pytest.raises(causerie.ArgumentError, match=rf"region: 'mars' in [A-Z]+_REGION {sentence}"):
        client("k")


@pytest.mark.parametrize(
    ("environment", "arguments", "expected"),
    [
        ({"RAIA_REGION": "eu"}, {}, "https://api-eu.raia2.com"),
        ({"RAIA_REGION": "eu"}, {"region": "us"}, "https://api.raia2.com"),
        ({"RAIA_REGION": ""}, {}, "https://api.raia2.com"),
        ({"RAIA_REGION": "eu"}, {"base_url": URL}, URL),
        ({"RAIA_REGION": "mars"}, {"base_url": URL}, URL),
        ({"RAIA_REGION": "eu", "RAIA_BASE_URL": ""}, {}, "https://api-eu.raia2.com"),
        ({"RAIA_BASE_URL": "https://environment.test"}, {}, "https://environment.test"),
        ({}, {"region": "eu", "base_url": URL}, "'eu' names a host, and so does base_url: give one of the two"),
        ({"RAIA_BASE_URL": URL}, {"region": "us"}, "'us' names a host, and so does RAIA_BASE_URL: give one"),
        (
            {"RAIA_BASE_URL": URL, "RAIA_REGION": "eu"},
            {},
            "'eu' in RAIA_REGION names a host, and so does RAIA_BASE_URL",
        ),
    ],
)
def test_region_or_address(
    environment: dict[str, str], arguments: dict[str, Any], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Either names the host, by an argument or by the environment; both are refused, unless an argument overrules."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    try:
        found = causerie.Raia("k", **arguments)._driver.options.base_url
    except causerie.ArgumentError as error:
        found = error.problem[: len(expected)]

    assert expected == found


def test_a_region_that_is_more_than_a_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where operations take the region, it may stand beside an address, wherever the two come from."""
    monkeypatch.setenv("CONVOCORE_REGION", "na")
    clients = [causerie.Convocore("k", base_url=URL), causerie.Convocore("k", region="eu", base_url=URL)]

    assert [("na", URL), ("eu", URL)] == [(each._region, each._driver.options.base_url) for each in clients]


@pytest.mark.parametrize(
    "url",
    [
        "vendor.test",
        "ftp://vendor.test",
        "https://",
        "https://u:p@vendor.test",
        "https://:u:p@vendor.test",
        "ftp://u:p@vendor.test:99999",
        "https://v.test?x=1",
        "https://v.test#x",
        "http://v:0",
        "http://v:x",
        "http://[",
        "x" * 9,
        "http:u:p@vendor.test",
        "https://vendor.test\n",
        " https://vendor.test",
        "https://vendor.test/v 3",
        "https://ven\tdor.test",
        "https://vendor..test",
        f"https://{'v' * 64}.test",
        f"https://{'ü' * 60}.test",
        "https://xn--.test",
        "https://vendor.test/\ud83d",
        "https://\u202evendor.test",
        b"https://vendor.test",
        7,
    ],
)
def test_bad_base_url(url: Any) -> None:
    """What is no address is refused; an address with a password in it is not shown."""
    with pytest.raises(causerie.ArgumentError, match="base_url") as caught:
        causerie.Raia("k", base_url=url)

    assert "u:p" not in str(caught.value)


@pytest.mark.parametrize("seconds", [0, -1, float("inf"), float("nan")])
def test_bad_timeout(seconds: float) -> None:
    """A timeout is a positive number of seconds."""
    with pytest.raises(causerie.ArgumentError, match="timeout"):
        causerie.Raia("k", timeout=seconds)


def test_timeout(caller: Caller) -> None:
    """The timeout reaches every request."""
    _, (request,) = caller("raia", lambda c: c.conversations.get("c1"), json({}), timeout=2.5)

    assert {"connect": 2.5, "read": 2.5, "write": 2.5, "pool": 2.5} == request.extensions["timeout"]


@pytest.mark.parametrize("bad", ["", ".", "..", "\ud800", None, 3])
@pytest.mark.parametrize(
    "call",
    [
        lambda c, bad: c.conversations.get(bad),
        lambda c, bad: c.messages.response("c1", bad),
        lambda c, bad: c.messages.send(bad, "Hi"),
    ],
)
def test_bad_id(bad: Any, call: Any, caller: Caller) -> None:
    """An id that would name another resource is refused before anything is sent."""

    def unreachable(request: httpx.Request) -> httpx.Response:
        raise AssertionError("sent")

    with pytest.raises(causerie.ArgumentError, match=r"(conversation|message)_id: "):
        caller("raia", lambda c: call(c, bad), unreachable)


@given(text=st.text(min_size=1))
def test_any_id_stays_in_its_segment(text: str) -> None:
    """Whatever text an id is, it is one segment of the path and comes back out of it."""
    vendor = Vendor(json({}))
    try:
        with causerie.Raia("k", base_url=URL, transport=vendor) as client:
            client.messages.response(text, "m1")
    except causerie.ArgumentError:
        assert text in (".", "..")
        return
    path = vendor.requests[0].url.raw_path.decode()

    assert ["", "external", "conversations", "messages", "m1", "response-on"] == [
        part for index, part in enumerate(path.split("/")) if index != 3
    ]


def test_recipient_is_a_list(caller: Caller) -> None:
    """One number as a text would be taken apart; the error shows the list."""
    with pytest.raises(causerie.ArgumentError, match=r"recipient: .*\['\+55'\]"):
        caller("zild", lambda c: c.conversations.start_proactive(recipient="+55"), json([]))


def test_naive_datetime(caller: Caller) -> None:
    """A datetime without a time zone is ambiguous, and refused."""
    from datetime import datetime

    with pytest.raises(ValueError, match=r"start_date: .* has no time zone"):
        caller("raia", lambda c: c.conversations.list(start_date=datetime(2026, 1, 1)), json({}))


def test_unknown_field(caller: Caller) -> None:
    """A field that is not documented is refused with the nearest name."""
    with pytest.raises(TypeError, match="did you mean 'user_name'"):
        caller("convocore", lambda c: c.conversations.create("a1", user_nam="Ada"), json({}))


def test_missing_field(caller: Caller) -> None:
    """A required field that is missing is named."""
    with pytest.raises(TypeError, match=r"StartSmsConversation\(\) needs last_name, phone_number, sms_introduction"):
        caller("raia", lambda c: c.conversations.start_sms(first_name="Ada"), json({}))


@pytest.mark.parametrize("client", CLIENTS)
def test_secret_never_shows(client: Any) -> None:
    """Neither a client nor its options show the credential, and they do not pickle."""
    made = client("hush-hush", base_url=URL)

    assert "hush-hush" not in repr(made) + str(made) + repr(made._driver.options) + repr(vars(made))
    with pytest.raises(TypeError, match="does not pickle"):
        pickle.dumps(made)


@pytest.mark.parametrize("client", CLIENTS)
def test_no_redirect(client: Any, caller: Caller) -> None:
    """A redirect is an error: the credential goes to no other host."""
    answer = lambda request: httpx.Response(307, headers={"Location": "https://evil.test/"})  # noqa: E731
    with pytest.raises(causerie.APIStatusError) as caught:
        caller("raia", lambda c: c.conversations.get("c1"), answer)

    assert 307 == caught.value.status_code

"""The machine's variables are input: one that cannot be used is named, and what stands in it is no secret's end."""

from __future__ import annotations

import itertools
import ssl
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import causerie

from .kinds import BLOCKING, KINDS, chosen

VARIABLES = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"]
VALUES = st.sampled_from(
    [
        *("socks5://127.0.0.1:1", "foo://127.0.0.1:1", "http://127.0.0.1:abc", "http://", "127.0.0.1:1", "/nowhere/x"),
        *(
            "localhost,[::1]",
            "fe80::/10",
            "*",
            "\u00e4.test",
            "xn--",
            "a b",
            "http://ada:hush-hush@h:x",
            "socks5://hush-hush@h",
        ),
    ]
) | st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=12)


@pytest.fixture(params=KINDS)
def make(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    made = causerie.Raia if request.param in BLOCKING else causerie.AsyncRaia
    return lambda: made("the-key", base_url="http://vendor.test", **chosen(request.param))


def over_httpx(function: Any) -> Any:
    """Play a test without httpx2, which leaves out what it cannot read of ``NO_PROXY``, and mostly the log of keys."""
    return pytest.mark.parametrize("make", ["sync", "async", "aiohttp"], indirect=True)(function)


def test_log_of_keys(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key log that cannot be written is named, although the TLS contexts of other variables open it as well."""
    others = {"SSL_CERT_FILE": ssl.get_default_verify_paths().openssl_cafile, "HTTP_PROXY": "http://127.0.0.1:1"}
    for name, value in {"SSLKEYLOGFILE": "/nowhere/at/all/keys", **others}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(causerie.ArgumentError) as caught:
        make()

    assert "SSLKEYLOGFILE" == caught.value.argument


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("ALL_PROXY", "socks5://127.0.0.1:1", r"SOCKS.*pip install httpx2?\[socks\]"),
        ("https_proxy", "foo://127.0.0.1:1", "foo"),
        ("HTTP_PROXY", "http://127.0.0.1:abc", "port"),
        ("HTTP_PROXY", "socks5://ada:hush-hush@127.0.0.1:1", r"'socks5://\*\*\*@127.0.0.1:1'"),
        ("SSL_CERT_FILE", "/nowhere/ca.pem", "No such file"),
    ],
)
def test_named(make: Any, monkeypatch: pytest.MonkeyPatch, name: str, value: str, problem: str) -> None:
    """The error has the variable's name, its value without credentials, why, and what to do."""
    monkeypatch.setenv(name, value)
    with pytest.raises(causerie.ArgumentError, match=problem) as caught:
        make()

    assert name == caught.value.argument
    assert str(caught.value).endswith("change the variable, or unset it")
    assert "hush-hush" not in str(caught.value)


@over_httpx
@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("NO_PROXY", "localhost,[::1]", "port"),
        ("no_proxy", "fe80::/10", "port"),
        ("SSLKEYLOGFILE", "/nowhere/at/all/keys", "No such file"),
    ],
)
def test_named_over_httpx(make: Any, monkeypatch: pytest.MonkeyPatch, name: str, value: str, problem: str) -> None:
    """So it is with what httpx2 does not read, or not always."""
    test_named(make, monkeypatch, name, value, problem)


@pytest.mark.parametrize("make", ["sync httpx2", "async httpx2"], indirect=True)
def test_what_httpx2_does_not_read(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """httpx2 takes networks and leaves out what is no host, and a log of keys; neither is blamed for another."""
    monkeypatch.setenv("NO_PROXY", "localhost,[::1],fe80::/10,http://h:port")
    monkeypatch.setenv("SSLKEYLOGFILE", "/nowhere/at/all/keys")
    made = make()
    monkeypatch.setenv("HTTPS_PROXY", "foo://127.0.0.1:1")
    with pytest.raises(causerie.ArgumentError, match=r"^HTTPS_PROXY: "):
        make()

    assert "the-key" not in repr(made)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(name=st.sampled_from(VARIABLES), value=VALUES)
def test_anything(make: Any, name: str, value: str) -> None:
    """With anything at all in a variable, there is a client, or our error without a password."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(name, value if name != "SSLKEYLOGFILE" else f"/nowhere/at/all/{value}")
        try:
            made = make()
        except causerie.ArgumentError as error:
            assert error.argument == name
            assert "hush-hush" not in str(error)
        else:
            assert "the-key" not in repr(made)


@over_httpx
def test_a_key_log_is_as_openssl_makes_it(make: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A variable that is right is not blamed for another."""
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    monkeypatch.setenv("NO_PROXY", "[::1]")
    with pytest.raises(causerie.ArgumentError, match=r"^NO_PROXY: "):
        make()


def test_unknown_reason(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure that no variable explains names those that are set."""

    def fail(**_: Any) -> None:
        raise ssl.SSLError("no entropy")

    monkeypatch.setenv("NO_PROXY", "localhost")
    for library, name in itertools.product((httpx, httpx2), ("Client", "AsyncClient")):
        monkeypatch.setattr(library, name, fail)
    with pytest.raises(causerie.ArgumentError, match=r"no client could be made: .*no entropy.* set: NO_PROXY"):
        make()


def test_a_client_of_ones_own(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """With an httpx client of the caller's own, the machine's settings do not matter."""
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1")
    own = [library.Client(trust_env=False) for library in (httpx, httpx2)]

    assert ["Raia(", "Raia("] == [repr(causerie.Raia("k", http_client=each))[:5] for each in own]


@pytest.mark.parametrize("password", ["pa'ss", 'pa"ss', "pa/ss", "pa ss", "pa@ss", "pa\nss", "pä:ss", "://x"])
@pytest.mark.parametrize("address", ["ftp://user:{}@proxy:1", "user:{}@proxy:1", "http://user:{}@[proxy"])
def test_no_part_of_a_password(monkeypatch: pytest.MonkeyPatch, address: str, password: str) -> None:
    """Whatever characters a password has, no part of it is shown."""
    monkeypatch.setenv("HTTPS_PROXY", address.format(f"aaa{password}zzz"))
    shown = ""
    try:
        causerie.Raia("key").close()
    except causerie.ArgumentError as error:
        shown = str(error)

    assert not [part for part in ("aaa", "zzz") if part in shown]

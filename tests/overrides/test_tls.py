"""Clients share what they have read of certificates, for as long as it is what they would read now."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest

import causerie

from .kinds import BLOCKING, KINDS, chosen
from .processed import CERTIFICATE


@pytest.fixture(params=KINDS)
def contexts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Return what makes a client and counts the contexts that have been made until then."""
    made = set[ssl.SSLContext]()

    def counting(real: Any) -> Any:
        def create(**settings: Any) -> Any:
            context = real(**settings)  # is what it was given, where that is a context
            made.add(context)
            return context

        return create

    for library in (httpx, httpx2):
        monkeypatch.setattr(library, "create_ssl_context", counting(library.create_ssl_context))
    certificates = tmp_path / "certificates.pem"
    certificates.write_bytes(CERTIFICATE.read_bytes())
    for name in ("SSL_CERT_DIR", "SSLKEYLOGFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates))
    client = causerie.Raia if request.param in BLOCKING else causerie.AsyncRaia

    def make() -> int:
        client("the-key", **chosen(request.param))
        return len(made)

    return make


def test_shared(contexts: Any) -> None:
    """Certificates are read once for clients that are made one after the other."""
    made = [contexts() for _ in range(3)]

    assert [1, 1, 1] == made


def test_renewed(contexts: Any, tmp_path: Path) -> None:
    """Certificates that were renewed are read by the next client, written anew or put in the old ones' place."""
    path = tmp_path / "certificates.pem"
    made = [contexts()]
    path.write_bytes(CERTIFICATE.read_bytes() + b"\n")
    made.append(contexts())
    other = tmp_path / "other.pem"
    other.write_bytes(path.read_bytes())
    other.replace(path)
    made += [contexts(), contexts()]

    assert [1, 2, 3, 3] == made


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
def test_other_variables(contexts: Any, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A variable that has changed counts for the next client."""
    contexts()
    copy = tmp_path / "copy"
    copy.mkdir()
    path = copy / "certificates.pem"
    path.write_bytes(CERTIFICATE.read_bytes())
    monkeypatch.setenv(name, str(path if name == "SSL_CERT_FILE" else copy))

    assert 2 == contexts()


def test_gone(contexts: Any, tmp_path: Path) -> None:
    """Certificates that are gone are an error of the next client, although an earlier one had read them."""
    contexts()
    (tmp_path / "certificates.pem").unlink()

    with pytest.raises(causerie.ArgumentError, match=r"^SSL_CERT_FILE: "):
        contexts()


def test_key_log(contexts: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A log of keys belongs to one client: a shared one would go on writing to a file that is gone."""
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    made = [contexts() for _ in range(2)]

    assert [1, 2] == made

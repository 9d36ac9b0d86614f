"""What a document says of its vendor is what the client knows of it."""

from __future__ import annotations

import inspect

import pytest

import causerie
from causerie_spec import about, vendors


@pytest.mark.parametrize("name", vendors())
def test_client(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The client takes the credential by that name, and both values from these variables."""
    vendor, client = about(name), getattr(causerie, name.capitalize())
    monkeypatch.setenv(vendor.variable, "from-environment")
    monkeypatch.setenv(vendor.base_url_variable, "http://elsewhere.test")
    with client() as made:
        shown = repr(made)

    assert vendor.argument == next(iter(inspect.signature(client).parameters))
    assert "http://elsewhere.test" in shown


@pytest.mark.parametrize("name", vendors())
def test_credential_is_needed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the variable for the credential, the error names the variable."""
    vendor = about(name)
    monkeypatch.delenv(vendor.variable, raising=False)
    monkeypatch.setenv(vendor.base_url_variable, "http://elsewhere.test")

    with pytest.raises(causerie.ArgumentError, match=vendor.variable):
        getattr(causerie, name.capitalize())()


def test_no_vendor() -> None:
    """Nothing is known of a vendor without a document."""
    with pytest.raises(ValueError, match="'acme' is not a vendor"):
        about("acme")

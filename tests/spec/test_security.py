"""How a credential travels."""

from __future__ import annotations

from typing import Any

import pytest

from causerie_spec import Credential, credential

BEARER = {"type": "http", "scheme": "Bearer"}
KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}


def document(**schemes: Any) -> dict[str, Any]:
    return {"components": {"securitySchemes": schemes}}


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        (BEARER, Credential("Authorization", "Bearer ", http=True)),
        (KEY, Credential("X-Key")),
        (KEY | {"x-credential-prefix": "Token "}, Credential("X-Key", "Token ")),
    ],
)
def test_schemes(scheme: Any, expected: Credential) -> None:
    """A bearer token and an API key in a header are understood, alone or by name."""
    assert expected == credential(document(One=scheme))
    assert expected == credential(document(One=scheme, Other={"type": "openIdConnect"}), "One")


@pytest.mark.parametrize(
    "schemes",
    [
        {},
        {"One": BEARER, "Other": KEY},
        {"One": {"type": "http", "scheme": "basic"}},
        {"One": KEY | {"in": "query"}},
    ],
)
def test_other_schemes(schemes: dict[str, Any]) -> None:
    """Any other scheme, none, or several without a name, are refused."""
    with pytest.raises(ValueError, match="one security scheme was expected: http bearer, or apiKey in a header"):
        credential(document(**schemes))


@pytest.mark.parametrize(
    ("known", "values", "expected"),
    [
        (Credential("X-Key"), ["secret"], "secret"),
        (Credential("X-Key"), [], None),
        (Credential("X-Key"), ["secret", "secret"], None),
        (Credential("X-Key", "Token "), ["Token secret"], "secret"),
        (Credential("X-Key", "Token "), ["token secret"], None),
        (Credential("Authorization", "Bearer ", http=True), ["bEARER secret"], "secret"),
        (Credential("Authorization", "Bearer ", http=True), ["Basic secret"], None),
    ],
)
def test_read(known: Credential, values: list[str], expected: str | None) -> None:
    """The credential stands behind the prefix, once; only the case of a scheme of HTTP does not count."""
    assert expected == known.read(values)
    assert {known.header: f"{known.prefix}secret"} == known.write("secret")

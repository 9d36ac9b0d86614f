"""Credentials that are almost the right one, or the right one spelled otherwise."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from urllib.parse import quote_plus

import attrs

from causerie_spec import Credential

#: Stands for the right credential in a query or a body, until the request is sent.
CREDENTIAL = "the-right-credential"


def _unchanged(name: str) -> str:
    return name


@attrs.frozen
class Key:
    """What is sent in place of the credential: from the words before it, and the credential itself."""

    value: Callable[[str, str], str]
    #: The same as Python code, in which `key` is the credential.
    code: Callable[[str], str]
    #: The name of the header, from the name of the right one.
    header: Callable[[str], str] = _unchanged
    #: Whether it is the right credential, written otherwise than the document says.
    is_right: bool = False


#: As Python code, a character that does not stand in the middle of `key`.
_OTHER = "('y' if key[len(key) // 2] == 'x' else 'x')"
#: As Python code, Base64 of a text.
_BASE64 = "__import__('base64').b64encode({}.encode()).decode()"
#: Marks that are easily taken for one another, or left out.
_MARKS = str.maketrans("-_.", "_-_")
_NO_MARKS = str.maketrans("", "", "-_.")


def _other(key: str) -> str:
    """Return a character that does not stand in the middle of a credential."""
    return "y" if key[len(key) // 2 : len(key) // 2 + 1] == "x" else "x"


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode()


#: By name; a server has to refuse each of them.
NEAR: dict[str, Key] = {
    "shorter": Key(lambda before, key: before + key[:-1], lambda before: f"{before!r} + key[:-1]"),
    "longer": Key(lambda before, key: f"{before}{key}x", lambda before: f"{before!r} + key + 'x'"),
    "altered": Key(
        lambda before, key: before + key[: len(key) // 2] + _other(key) + key[len(key) // 2 + 1 :],
        lambda before: f"{before!r} + key[:len(key) // 2] + {_OTHER} + key[len(key) // 2 + 1:]",
    ),
    "schemed": Key(
        lambda before, key: f"{'Basic' if before else 'Token'} {key}",
        lambda before: f"{'Basic ' if before else 'Token '!r} + key",
        is_right=True,
    ),
    "transposed": Key(
        lambda before, key: before + key[1::-1] + key[2:], lambda before: f"{before!r} + key[1::-1] + key[2:]"
    ),
    "respelled": Key(
        lambda before, key: before + key.translate(_MARKS), lambda before: f"{before!r} + key.translate({_MARKS})"
    ),
    "unmarked": Key(
        lambda before, key: before + key.translate(_NO_MARKS),
        lambda before: f"{before!r} + key.translate({_NO_MARKS})",
    ),
    "swapped": Key(lambda before, key: before + key.swapcase(), lambda before: f"{before!r} + key.swapcase()"),
    "capital": Key(
        lambda before, key: before + key[:1].swapcase() + key[1:],
        lambda before: f"{before!r} + key[:1].swapcase() + key[1:]",
    ),
    "preceded": Key(lambda before, key: f"{before}x{key}", lambda before: f"{before + 'x'!r} + key"),
    "repeated": Key(
        lambda before, key: (before or "Key ") * 2 + key,
        lambda before: f"{(before or 'Key ') * 2!r} + key",
        is_right=True,
    ),
    # As a proxy joins several headers.
    "listed": Key(
        lambda before, key: f"{before}x, {key}, {before}{key}",
        lambda before: f"{before + 'x, '!r} + key + {', ' + before!r} + key",
        is_right=True,
    ),
    "elsewhere": Key(
        lambda before, key: key if before else f"Bearer {key}",
        lambda before: "key" if before else "'Bearer ' + key",
        lambda name: "X-Api-Key" if name.lower() == "authorization" else "Authorization",
        is_right=True,
    ),
    "percent": Key(
        lambda before, key: before + "".join(f"%{each:02X}" for each in key.encode()),
        lambda before: f"{before!r} + ''.join(f'%{{each:02X}}' for each in key.encode())",
        is_right=True,
    ),
    "base64": Key(
        lambda before, key: before + _base64(key), lambda before: f"{before!r} + {_BASE64.format('key')}", is_right=True
    ),
    "basic": Key(
        lambda _, key: "Basic " + _base64(f":{key}"),
        lambda _: "'Basic ' + " + _BASE64.format("(':' + key)"),
        is_right=True,
    ),
    "cookie": Key(
        lambda _, key: f"key={key}; token={key}",
        lambda _: 'f"key={key}; token={key}"',
        lambda _: "Cookie",
        is_right=True,
    ),
    "empty": Key(lambda before, _: before.strip(), lambda before: repr(before.strip())),
    "misplaced": Key(
        lambda before, key: key if before else f"Bearer {key}",
        lambda before: "key" if before else "'Bearer ' + key",
        is_right=True,
    ),
}
#: A scheme of HTTP may be spelled in any case (RFC 9110, 11.1).
SPELLED = Key(lambda before, key: before.lower() + key, lambda before: f"{before.lower()!r} + key")
_ALL = {**NEAR, "spelled": SPELLED}


def headers(name: str, header: Credential, key: str) -> dict[str, str]:
    """Return the header with the credential of this name."""
    each = _ALL[name]
    return {each.header(header.header): each.value(header.prefix, key)}


def near_misses(header: Credential, key: str) -> list[str]:
    """Return the names of those that a server has to refuse, as far as they differ from the right one."""
    return [name for name in NEAR if headers(name, header, key) != header.write(key)]


def filled(url: str, content: bytes, key: str) -> tuple[str, bytes]:
    """Return a URL and a body with the right credential where `CREDENTIAL` stands for it."""
    written = json.dumps(key)[1:-1].encode()
    return url.replace(CREDENTIAL, quote_plus(key)), content.replace(CREDENTIAL.encode(), written)


def is_right(name: str) -> bool:
    """Say whether what has this name is the right credential, written otherwise than the document says."""
    return name in NEAR and NEAR[name].is_right


def code(name: str, header: Credential) -> str | None:
    """Return the header as Python code, in which `key` is the credential; None where it is of another kind."""
    if name not in _ALL:
        return None
    each = _ALL[name]
    return f'{{"{each.header(header.header)}": {each.code(header.prefix)}}}'

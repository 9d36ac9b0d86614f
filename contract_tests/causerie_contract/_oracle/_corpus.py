"""Values that a careless server changes, or does not survive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from causerie_spec.pointer import Pointer, look, resolve

from ._contract import Contract
from ._machine import OBJECTS, TEXTS

#: Everything that is a text.
CORPUS = (
    *TEXTS,
    # Letters that could be composed, a family of joined signs, and a flag.
    "Cafe\u0301 A\u030a n\u0303",
    "👨\u200d👩\u200d👧\u200d👦 🏳️\u200d🌈 🇩🇪 👍🏽",
    # Another direction, also as marks that nobody sees.
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "\u202edrow\u202c \u2066a\u2069 \u200fb\u200e",
    # Without width, or of another width.
    "a\u200bb\u200cc\u2060d\ufeffe\u00ad",
    "\u00a0non\u2007breaking\u3000",
    "İstanbul ẞ ﬁ Ⅳ ½",
    "'; DROP TABLE users; -- ${x} {{y}} %s %00 \\u0041 ../..",
    "2024-02-30T25:61:00Z",
    "x" * 1000,
    "ü🙂" * 5000,
)
#: What is easily taken for nothing.
EMPTY: tuple[Any, ...] = (False, 0, "", [], {})
#: Integers that a double cannot hold, or that have no place in 64 bits, and objects with nothing in them.
DEEP: tuple[dict[str, Any], ...] = (
    {
        "safe": 2**53 - 1,
        "even": 2**53,
        "odd": 2**53 + 1,
        "below": -(2**53) - 1,
        "most": 2**63 - 1,
        "least": -(2**63),
        "beyond": 2**63,
    },
    {"a": {}, "b": {"c": {}, "d": [{}, [], [[]]]}, "e": [{"f": {"g": {}}}], "": {"": {}}},
    {text: {text: text} for text in CORPUS if len(text) < 100},
)
_VALUES = (*EMPTY, *OBJECTS, *DEEP)


def texts(contract: Contract, schema: Pointer) -> Iterator[str]:
    """Yield the texts that a schema allows: the corpus, and as many characters as it has bounds for."""
    node = look(contract.document, resolve(contract.document, schema))
    lengths = [node[keyword] for keyword in ("minLength", "maxLength") if node.get(keyword)]
    for text in (*CORPUS, *(sign * (length // len(sign)) for length in lengths for sign in ("x", "🙂"))):
        if contract.allows(schema, text):
            yield text


def values(contract: Contract, schema: Pointer) -> Iterator[Any]:
    """Yield the other values that a schema allows."""
    for value in _VALUES:
        if contract.allows(schema, value):
            yield value

"""Values that a careless server changes, or does not survive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from causerie_spec.pointer import Pointer, look, resolve

from ._contract import Contract
from ._machine import OBJECTS, TEXTS

#: Everything that is a text. Many signs stand in one text, so that there are few.
CORPUS = (
    *TEXTS,
    # Letters that could be composed, or taken apart; beyond the basic plane a family of joined signs, and a flag.
    "Cafe\u0301 A\u030a n\u0303 İstanbul ẞ \ufb01 Ⅳ ½ ① \u212b \uff46 👨\u200d👩\u200d👧\u200d👦 🏳️\u200d🌈 🇩🇪 👍🏽",
    # Another direction, also as marks that nobody sees.
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u202edrow\u202c \u2066a\u2069 \u200fb\u200e",
    # Without width, or of another width.
    "a\u200bb\u200cc\u2060d\ufeffe\u00ad \u00a0non\u2007breaking\u3000",
    # Ends of lines and white space of any kind and number, and the sign that ends a text in C.
    "\t one\r\ntwo\rthree \t\n\n\n   four\u2028five\u0085six  \r\n",
    "before\0after",
    # What is an escape somewhere, and what has to be escaped.
    "C:\\new\\table \\\\ \\u0041 100%25 %41%20%2F %s %00 1+1 &amp; &#65; <a href='x'> '; DROP -- ${x} {{y}} ../..",
    "2024-02-30T25:61:00Z",
    "x" * 1000,
    "ü🙂" * 5000,
)
#: Texts that are something else when they are read once more.
_WORDS = (
    *("true", "false", "None", "undefined", "NaN", "007", "-1.50", "1e3", "0x10", "2024-03-20", "2024-03-20T12:00:00Z"),
    *("12:30", "[1]", '{"a": 1}', "First.Last+tag@EXAMPLE.com", "https://example.com/?a=b%20c#d", "abc \\"),
)
#: What is easily taken for nothing.
EMPTY: tuple[Any, ...] = (False, 0, "", [], {})
#: Integers that a double cannot hold, or that have no place in 64 bits; fractions; nesting; names; and every text.
DEEP: tuple[dict[str, Any], ...] = (
    {
        "safe": 2**53 - 1,
        "even": 2**53,
        "odd": 2**53 + 1,
        "below": -(2**53) - 1,
        "most": 2**63 - 1,
        "least": -(2**63),
        "beyond": 2**63,
        "signed": -(2**31) - 1,
        "hundredths": [0.01, 19.99, -0.05, 1234567.89],
        "digits": [3.141592653589793, 0.1234567890123, -1.5e-9, 2.5e300, 1.0],
    },
    {
        "empty": [{"a": {}, "b": {"c": {}, "d": [{}, [], [[]]]}, "e": [{"f": {"g": {}}}]}],
        "": {"": {}},
        "four": {"levels": {"of": {"objects": {"deep": [{"and": {"more": "down here"}}]}}}},
        "lists": [[1, 2], [[3], [4, [5]]], [], ["one"]],
        "twice": ["a", "b", "a", 1, 1, None, None, {"c": 1}, {"c": 1}],
        "unordered": ["b", "a", 10, 9, "B"],
        "members": {"null": None, "false": False, "zero": 0, "text": "", "list": [], "object": {}, "zeros": 0.0},
        "items": [None, False, 0, "", [], {}],
    },
    {
        name: {name: number}
        for number, name in enumerate(
            (
                *("a.b", "$set", "a$b", ".", "__proto__", "constructor", "prototype", "toString", "hasOwnProperty"),
                *("camelCase", "snake_case", "kebab-case", "UPPER", "upper", "0", "1", "a b", " a ", "Ünï", "🙂"),
                *("length", "id", "_id", "type", "a[0]", "a/b", "a~1b", "#", "x" * 300),
            )
        )
    },
    {text: {text: text} for text in (*CORPUS, *_WORDS) if len(text) < 200},
    {f"text{number}": [text] for number, text in enumerate(CORPUS)},
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

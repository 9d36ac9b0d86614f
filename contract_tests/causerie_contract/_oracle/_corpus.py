"""Texts and values that a careless server changes, or that make it crash."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from causerie_spec.pointer import Pointer, look, resolve

from ._contract import Contract
from ._machine import OBJECTS, TEXTS

#: Texts for every text field. Each has many characters, so that few requests are enough.
CORPUS = (
    *TEXTS,
    # Letters that normalization would compose or decompose; joined emoji and a flag beyond the basic plane.
    "Cafe\u0301 A\u030a n\u0303 İstanbul ẞ \ufb01 Ⅳ ½ ① \u212b \uff46 👨\u200d👩\u200d👧\u200d👦 🏳️\u200d🌈 🇩🇪 👍🏽",
    # Right-to-left text, and invisible marks of direction.
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u202edrow\u202c \u2066a\u2069 \u200fb\u200e",
    # Characters without width, or of another width.
    "a\u200bb\u200cc\u2060d\ufeffe\u00ad \u00a0non\u2007breaking\u3000",
    # All line ends, runs of white space, and NUL, which ends a string in C.
    "\t one\r\ntwo\rthree \t\n\n\n   four\u2028five\u0085six  \r\n",
    "before\0after",
    # Escape sequences, and characters that have to be escaped.
    "C:\\new\\table \\\\ \\u0041 100%25 %41%20%2F %s %00 1+1 &amp; &#65; <a href='x'> '; DROP -- ${x} {{y}} ../..",
    # What a program may hide, fill in, or draw in another way.
    'ada@example.com 4111 1111 1111 1111 **bold** _it_ `code` {x} {{y}} ${z} <%= a %> #{b} [c](d) 😀🚀 it\'s "q" ...',
    "2024-02-30T25:61:00Z",
    "x" * 1000,
    "ü🙂" * 5000,
)
#: Texts that look like values of another type, which a program may parse, complete or write in another way.
_WORDS = (
    *("true", "false", "None", "undefined", "NaN", "007", "-1.50", "1e3", "0x10", "2024-03-20", "2024-03-20T12:00:00Z"),
    *("2024-03-20T12:00:00+02:00", "12:30", "[1]", '{"a": 1}', "First.Last+tag@EXAMPLE.com", "+49 (0) 151-2345.678"),
    *("https://EXAMPLE.com", "https://example.com/?a=b%20c#d", "www.example.com", "=1+1", "a, b;,c", "A", "abc \\"),
)
#: Values that careless code takes for a missing value.
EMPTY: tuple[Any, ...] = (False, 0, "", [], {})
#: Integers beyond a double or beyond 64 bits; fractions; nesting; unusual names; and every text.
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
                *("length", "id", "_id", "type", "a[0]", "a/b", "a~1b", "#", "_a", "$b", "x" * 300),
            )
        )
    },
    # What some languages take for a list, and names that differ in their case alone.
    {
        "counted": {"0": "a", "1": "b"},
        "Name": 1,
        "name": 2,
        "NAME": 3,
        "tiny": 1e-7,
        "gaps": [None, "", 1],
        "two": [1, 2] * 6,
    },
    {text: {text: text} for text in (*CORPUS, *_WORDS) if len(text) < 200},
    {f"text{number}": [text] for number, text in enumerate(CORPUS)},
)
_VALUES = (*EMPTY, *OBJECTS, *DEEP)


def texts(contract: Contract, schema: Pointer) -> Iterator[str]:
    """Yield the texts that a schema allows: the corpus, and texts as long as its bounds."""
    node = look(contract.document, resolve(contract.document, schema))
    lengths = [node[keyword] for keyword in ("minLength", "maxLength") if node.get(keyword)]
    for text in (*CORPUS, *_WORDS, *(sign * (length // len(sign)) for length in lengths for sign in ("x", "🙂"))):
        if contract.allows(schema, text):
            yield text


def values(contract: Contract, schema: Pointer) -> Iterator[Any]:
    """Yield the other values that a schema allows."""
    for value in _VALUES:
        if contract.allows(schema, value):
            yield value

"""Decides which words of recorded traffic may be shown.

A list of secrets to remove is never complete. So only words of the document are shown, except those that occur as a
secret or as personal data anywhere in the recording. To find new fields, other words can be shown as well; one of them
may be a person's name.
"""

from __future__ import annotations

import base64
import binascii
import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

#: Replaces texts that are not shown.
MASK = "[Filtered]"

_PRIVATE = re.compile(
    "auth|key|token|secret|pass|credential|cookie|session|sign|sig$|code$|jwt|headers$"
    "|name|mail|phone|address|handle|birth|contact|recipient|number|^ip|from$|to$|by$|^fk|assigned|path$|url$"
    "|text|message|content|title|summary|note|question|answer|comment|context|keyword|search|subject|introduction"
    "|description|prompt|response$|turns",
    re.IGNORECASE,
)
_WORD = re.compile(r"(?=.{1,40}$)[A-Za-z]+(?:[_.-][A-Za-z]+)*\d{0,2}")
#: Splits names such as `conversationStateId`, `STATE_ID` and `state-id` into their parts.
_PART = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|[A-Z]")

#: Shorter secrets only count as whole words, because nearly every word contains an `a`.
_SHORT = 4
#: A private text with at most this many words may be a name or an address, so each word is private. Longer texts are
#: prose, whose words are common ones.
_NAME = 4


class Redactor:
    """Redacts texts, given the private values in the entries of a HAR file.

    `known` is the `vocabulary` of the document. Without it, every word that is not private may be shown.
    """

    def __init__(self, entries: Iterable[dict[str, Any]], known: frozenset[str] | None = None) -> None:
        entries = list(entries)
        self._known = known
        #: Whether a word was filtered only because the document does not have it.
        self.left_out = False
        written = {text.lower() for entry in entries for text in _written(entry)}
        self._private = {text.lower() for entry in entries for text in _sent(entry) if text} | written - {""}
        names = [words for text in written if len(words := re.findall(r"[^\W_]+", text)) <= _NAME]
        self._words = frozenset[str]().union(*names)
        self._said = dict[str, str]()
        self._long = tuple(text for text in self._private if len(text) >= _SHORT)

    def word(self, text: str) -> str:
        """Return `text` if it is a word without private parts, and `[Filtered]` otherwise."""
        if text not in self._said:
            self._said[text] = self._shown(text) if _is_word(text) else MASK
        return self._said[text]

    def _shown(self, text: str) -> str:
        low = text.lower()
        private = low in self._private or any(each in low for each in self._long)
        if private or not self._words.isdisjoint(re.split("[_.-]", low)):
            return MASK
        if self._known is not None and text not in self._known:
            self.left_out = True
            return MASK
        return text

    def path(self, path: str) -> str:
        """Return a path that shows only public words."""
        return "/".join(segment and self.word(unquote(segment)) for segment in path.split("/"))

    def media_type(self, text: str) -> str:
        """Return a media type that shows only public words."""
        return re.sub("[^/+]+", lambda found: self.word(found[0]), text)

    def value(self, value: Any) -> str:
        """Return a word, a number of up to three digits, true, false or null unchanged; of anything else, the type."""
        match value:
            case None | bool():
                return json.dumps(value)
            case str():
                return self.word(value)
            case int() if abs(value) < 1000 and str(value) not in self._private:
                return str(value)
            case int() | float():
                return "a number"
            case _:
                return "an array" if isinstance(value, list) else "an object"


def vocabulary(document: dict[str, Any]) -> frozenset[str]:
    """Return the words of a document."""
    return frozenset(_vocabulary(document))


def _vocabulary(node: Any) -> Iterator[str]:
    """Yield the words of a document: keys, parts of paths and media types, parameters and listed values."""
    if isinstance(node, list):
        for item in node:
            yield from _vocabulary(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from re.split("[/+]", str(key))
            yield str(key).upper()  # a method
            if key == "name" and isinstance(value, str):
                yield value
            elif key == "enum":
                yield from map(str, value)
            elif key not in {"example", "examples", "default"}:
                yield from _vocabulary(value)


def is_private(name: str) -> bool:
    """Return whether a field of this name holds secrets or personal data."""
    return _PRIVATE.search(name) is not None


def body(content: dict[str, Any] | None) -> str:
    """Return the text of a recorded body; it is empty when the recorder left it out."""
    text: str = (content or {}).get("text") or ""
    if (content or {}).get("encoding") != "base64":
        return text
    try:
        return base64.b64decode(text, validate=True).decode("utf-8", "replace")
    except binascii.Error:
        return text


def _is_word(text: str) -> bool:
    """Return whether a text looks like words: its parts have vowels, and are neither too many nor too long."""
    parts = _PART.findall(text)
    return (
        _WORD.fullmatch(text) is not None
        and len(parts) * 2 <= len(text) + 1
        and all(len(part) <= 16 and (len(part) < 4 or re.search("[aeiouy]", part, re.IGNORECASE)) for part in parts)
    )


def _sent(entry: dict[str, Any]) -> Iterator[str]:
    """Yield the private values outside of the bodies."""
    request = entry["request"]
    for message in (request, entry["response"]):
        for pair in message.get("headers") or ():
            if is_private(pair["name"]):
                yield pair["value"]
                yield from pair["value"].split()
        for pair in message.get("cookies") or ():
            yield pair["value"]
    for name, value in parse_qsl(urlsplit(request["url"]).query):
        if is_private(name):
            yield value


def _written(entry: dict[str, Any]) -> Iterator[str]:
    """Yield the private values in the bodies."""
    for content in (entry["request"].get("postData"), entry["response"].get("content")):
        try:
            value = json.loads(body(content) or "null")
        except ValueError:
            continue  # a body that is not JSON is never shown
        yield from _leaves(value, private=False)


def _leaves(value: Any, *, private: bool) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, private=private or is_private(name))
            if name == "data" and isinstance(inner, str):  # an export as CSV: a cell is private if its column is
                for row in csv.DictReader(io.StringIO(inner, newline=""), restkey="text"):
                    yield from _leaves(row, private=private)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, private=private)
    elif private and not isinstance(value, bool) and value is not None:
        yield str(value)

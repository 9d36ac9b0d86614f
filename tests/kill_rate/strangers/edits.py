"""Edits of JSON values: what serialisers, caches and databases do to what they are given."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Callable
from typing import Any

Edit = Callable[[Any], Any]


def leaves(edit: Edit) -> Edit:
    """Return an edit of every value that is neither a list nor an object."""

    def changed(value: Any) -> Any:
        match value:
            case dict():
                return {name: changed(each) for name, each in value.items()}
            case list():
                return [changed(each) for each in value]
            case _:
                return edit(value)

    return changed


def texts(edit: Callable[[str], Any]) -> Edit:
    """Return an edit of every text."""
    return leaves(lambda value: edit(value) if isinstance(value, str) else value)


def lists(edit: Callable[[list[Any]], Any]) -> Edit:
    """Return an edit of every list."""

    def changed(value: Any) -> Any:
        match value:
            case dict():
                return {name: changed(each) for name, each in value.items()}
            case list():
                return edit([changed(each) for each in value])
            case _:
                return value

    return changed


def objects(edit: Callable[[dict[str, Any]], Any]) -> Edit:
    """Return an edit of every object, the innermost first."""

    def changed(value: Any) -> Any:
        match value:
            case dict():
                return edit({name: changed(each) for name, each in value.items()})
            case list():
                return [changed(each) for each in value]
            case _:
                return value

    return changed


def at(path: str, edit: Edit) -> Edit:
    """Return an edit of what stands at `path`, as in `data.*.title`; nothing happens where there is no such thing."""
    name, _, rest = path.partition(".")
    inner = at(rest, edit) if rest else edit

    def changed(value: Any) -> Any:
        if name == "*" and isinstance(value, list):
            return [inner(each) for each in value]
        if name == "*" and isinstance(value, dict):
            return {key: inner(each) for key, each in value.items()}
        if isinstance(value, dict) and name in value:
            return {**value, name: inner(value[name])}
        return value

    return changed


def without(*names: str) -> Edit:
    """Return an edit that takes members out of an object."""
    return lambda value: {key: each for key, each in value.items() if key not in names}


def within(value: Any, path: str) -> Any:
    """Return what stands at `path`, or None."""
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def dropping(*unwanted: Any) -> Edit:
    """Return an edit that drops the members of objects that have one of these values."""
    return objects(
        lambda value: {
            key: each
            for key, each in value.items()
            if not any(type(each) is type(other) and each == other for other in unwanted)
        }
    )


def unique(values: list[Any]) -> list[Any]:
    """Return `values` without those that were there before."""
    return [each for index, each in enumerate(values) if each not in values[:index]]


def rounded(value: Any) -> Any:
    """Return an integer as JavaScript keeps it."""
    return int(float(value)) if isinstance(value, int) and not isinstance(value, bool) else value


def stripped_of(characters: str) -> Callable[[str], str]:
    """Return an edit that takes characters out of a text."""
    return lambda text: "".join(each for each in text if each not in characters)


def cut(length: int) -> Callable[[str], str]:
    """Return an edit that cuts a text off."""
    return lambda text: text[:length]


def basic_plane(text: str) -> str:
    """Return a text as MySQL's utf8 keeps it: what lies beyond the basic plane is a question mark."""
    return "".join(each if each <= "\uffff" else "?" for each in text)


def one_line(text: str) -> str:
    """Return a text with each run of white space made one space."""
    return " ".join(text.split())


#: What is done to texts, by what it is called.
TEXTS: dict[str, Callable[[str], str]] = {
    "are normalised to NFC": lambda text: unicodedata.normalize("NFC", text),
    "are normalised to NFKC": lambda text: unicodedata.normalize("NFKC", text),
    "lose zero-width characters": stripped_of("\u200b\u200c\u2060\ufeff"),
    "lose right-to-left marks": stripped_of("\u200e\u200f\u202a\u202b\u202c\u202d\u202e"),
    "lose zero-width joiners, which breaks emoji": stripped_of("\u200d"),
    "lose what lies beyond the basic plane": basic_plane,
    "are cut after 255 characters": cut(255),
    "are cut after 1,000 characters": cut(1000),
    "are cut after 4,096 characters": cut(4096),
    "are trimmed": str.strip,
    "lose trailing white space": str.rstrip,
    "are escaped for HTML": html.escape,
    "are in lower case": str.lower,
    "have line ends of Unix": lambda text: text.replace("\r\n", "\n"),
    "have one space for each run of white space": one_line,
    "lose backslashes": lambda text: text.replace("\\", ""),
    "end at a NUL": lambda text: text.split("\0", 1)[0],
    "have pluses for spaces": lambda text: text.replace("+", " "),
    "have percent escapes decoded": lambda text: text.replace("%20", " ").replace("%25", "%"),
}

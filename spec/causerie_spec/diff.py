"""Finds out whether a change of our own documents breaks programs on the wire, in the generated client, or not at all.

A program that was written for the base breaks on the wire if the head refuses requests that the base allowed, or sends
answers that the base did not allow. Schemas and enums of answers are open, because the client keeps unknown fields and
values. So new ones break nothing.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from typing import Any

import attrs

from .difference import NAME, Difference, words
from .names import clashes
from .operation import OPEN
from .pointer import spell
from .shape import ANY
from .walk import differences

#: The formats for which the generated client uses a Python type.
_TYPED = frozenset({"date", "date-time", "uuid", "binary"})


class Verdict(enum.IntEnum):
    """The effect of a change, from harmless to harmful."""

    COMPATIBLE = 0
    CLIENT = 1
    BREAKING = 2

    def __str__(self) -> str:
        """Return the verdict in words."""
        return ("compatible", "client-surface", "wire-breaking")[self]


@attrs.frozen
class Change:
    """Differences with one cause, and their effect."""

    vendor: str
    verdict: Verdict
    #: The reason for the verdict, in a few words.
    reason: str
    first: Difference
    #: The affected operations: method and path.
    operations: tuple[str, ...]

    def __str__(self) -> str:
        """Return the change in one line."""
        each = self.first
        change = f"{each.aspect}: {words(each.before)} → {words(each.after)}"
        return f"{self.vendor} {each.where}: {change} ({self.reason})"

    @property
    def entry(self) -> dict[str, Any]:
        """Return the change as an entry of a JSON report."""
        each = self.first
        return {
            "vendor": self.vendor,
            "verdict": str(self.verdict),
            "reason": self.reason,
            "where": each.where,
            "aspect": each.aspect,
            "before": each.before,
            "after": each.after,
            "pointer": spell(each.pointer),
            "operations": list(self.operations),
        }


def changes(vendor: str, base: dict[str, Any], head: dict[str, Any]) -> list[Change]:
    """Return the changes from `base` to `head`: one for each cause, harmful ones first."""
    by_cause = dict[tuple[str, str, str, str], list[Difference]]()
    for difference in [*differences(base, head), *clashes(base, head)]:
        by_cause.setdefault(difference.cause, []).append(difference)
    found = list[Change]()
    for each in by_cause.values():
        verdict, reason, first = max(((*judge(one), one) for one in each), key=lambda judged: judged[0])
        operations = dict.fromkeys(one.operation for one in each if one.operation)
        found.append(Change(vendor, verdict, reason, first, tuple(operations)))
    return sorted(found, key=lambda change: -change.verdict)


def judge(each: Difference) -> tuple[Verdict, str]:
    """Return the verdict about a difference, and its reason."""
    rule = _RULES.get(each.aspect)
    return rule(each) if rule is not None else _limit(each)


def kind(found: Iterable[Change]) -> str:
    """Return the type of the towncrier fragment: `breaking`, `added` or `changed`."""
    found = list(found)
    if any(change.verdict for change in found):
        return "breaking"
    parts = {*_PARTS, "variant"}
    new = any(change.first.before is None and change.first.aspect in parts for change in found)
    return "added" if new else "changed"


def step(found: Iterable[Change], version: str) -> str:
    """Return the part of `version` to raise, as in semver. Before 1.0, breaking changes raise minor, others patch."""
    fragment = kind(found)
    if version.startswith("0."):
        return "minor" if fragment == "breaking" else "patch"
    return {"breaking": "major", "added": "minor"}.get(fragment, "patch")


def fragment(found: Iterable[Change]) -> str:
    """Return a line for the changelog: for each vendor, the most harmful changes and their effect."""
    found = list(found)
    worst = max((change.verdict for change in found), default=Verdict.COMPATIBLE)
    places = dict[str, dict[str, dict[str, None]]]()
    for change in found:
        if change.verdict == worst:
            places.setdefault(change.vendor, {}).setdefault(change.reason, {})[f"`{change.first.where}`"] = None
    return "; ".join(
        f"{vendor}: {', '.join(names)} ({reason})"
        for vendor, reasons in places.items()
        for reason, names in reasons.items()
    )


_Judged = tuple[Verdict, str]


def _breaks(reason: str) -> _Judged:
    return Verdict.BREAKING, reason


def _client(reason: str) -> _Judged:
    return Verdict.CLIENT, reason


def _fine(reason: str) -> _Judged:
    return Verdict.COMPATIBLE, reason


def _presence(each: Difference) -> _Judged:
    if each.after is None:
        return _breaks("it is gone")
    if each.aspect.startswith("required") and each.sent:
        return _breaks("requests must have it now")
    return _fine("it is new, and may be left out or ignored")


def _required(each: Difference) -> _Judged:
    if each.sent:
        return _breaks("requests must have it now") if each.after else _fine("requests may leave it out now")
    return _fine("answers always have it now") if each.after else _breaks("answers may lack it now")


def _nullable(each: Difference) -> _Judged:
    if each.sent:
        return _fine("null may be sent now") if each.after else _breaks("null may not be sent any more")
    return _breaks("answers may have null now") if each.after else _fine("answers never have null any more")


def _type(each: Difference) -> _Judged:
    before, after = (_wide(types) for types in (each.before, each.after))
    if before <= after if each.sent else after <= before:
        return _fine("requests may have more types" if each.sent else "answers have fewer types")
    return _breaks("requests of the old type are refused" if each.sent else "answers have a type they had not")


def _wide(types: tuple[str, ...]) -> frozenset[str]:
    if types[:1] == ("any",):
        return ANY - {"null"}
    return frozenset(types) | ({"integer"} if "number" in types else frozenset())


def _enum(each: Difference) -> _Judged:
    if each.before is None:
        return _breaks("other values are refused") if each.sent else _client("a value becomes a member of an enum")
    if each.after is None:
        return _client("the enum is gone") if each.sent else _breaks("answers may have any value, the enum is gone")
    if set(each.before) - set(each.after):
        return _breaks("values may not be sent any more") if each.sent else _client("members of the enum are gone")
    return _fine("new values may be sent" if each.sent else "new values; the enums of answers are open")


def _members(each: Difference) -> _Judged:
    before, after = dict(each.before or ()), dict(each.after or ())
    if before and after and all(after.get(value, name) == name for value, name in before.items()):
        return _fine("the members that there were have their names")
    return _client("members of the enum have other names")


def _format(each: Difference) -> _Judged:
    tighter = each.before is None
    if each.sent and each.after is not None:
        return _breaks("other values are refused")
    if not each.sent and not tighter:
        return _breaks("answers may have other values now")
    typed = {each.before, each.after} & _TYPED
    return _client("the type in Python changes") if typed else _fine("nothing that was allowed is refused")


def _limit(each: Difference) -> _Judged:
    tighter, looser = _moves(each)
    if each.sent:
        return _breaks("values that were accepted are refused") if tighter else _fine("more values are accepted")
    return _breaks("answers may have values they had not") if looser else _fine("answers have fewer values")


def _moves(each: Difference) -> tuple[bool, bool]:
    """Return whether a limit now refuses more values, and whether it now allows more values."""
    before, after = (None if value is False else value for value in (each.before, each.after))
    if before is None or after is None:
        return before is None, after is None
    if not each.aspect.startswith(("min", "max", "exclusive")) or isinstance(before, bool) or isinstance(after, bool):
        return True, True  # there is no order
    falls = after < before
    tighter = falls if each.aspect.startswith(("max", "exclusiveMax")) else not falls
    return tighter, not tighter


def _status(each: Difference) -> _Judged:
    success = str(each.before or each.after).startswith("2")
    if each.after is None:
        return _breaks("this success is gone") if success else _fine("this error is gone")
    return _breaks("a success that readers do not know") if success else _fine("errors may have any status")


def _media_type(each: Difference) -> _Judged:
    gone, new = set(each.before) - set(each.after), set(each.after) - set(each.before)
    if each.sent:
        return _breaks("it is not accepted any more") if gone else _fine("more is accepted")
    if each.before and (new or not each.after):
        return _breaks("answers come in a form they had not" if new else "answers have no body any more")
    return _fine("answers come in fewer forms" if gone else "there was no body")


def _security(each: Difference) -> _Judged:
    if OPEN in each.after or set(each.before) <= set(each.after):
        return _fine("what was sent is still enough")
    return _breaks("another credential is needed")


def _server(each: Difference) -> _Judged:
    if not each.before or not each.after:
        return _breaks("the operation is at another server")
    if set(each.before) - set(each.after):
        return _breaks("a server is gone")
    return _fine("a new server") if each.before[:1] == each.after[:1] else _client("the default server changes")


def _variant(each: Difference) -> _Judged:
    if each.after is None:
        return _breaks("it may not be sent any more") if each.sent else _fine("it does not come any more")
    return _fine("it may be sent now") if each.sent else _breaks("an alternative that readers do not know")


def _closed(each: Difference) -> _Judged:
    if each.sent and each.after:
        return _breaks("unknown fields are refused")
    return _fine("readers keep unknown fields" if not each.sent else "unknown fields are accepted")


def _tags(each: Difference) -> _Judged:
    same = each.before[:1] == each.after[:1]
    return _fine("the first one names the module") if same else _client("the module has another name")


#: Aspects for a part that is in one document only.
_PARTS = (
    *(f"{need}{what}" for need in ("", "required ") for what in ("field", "parameter", "body")),
    *("operation", "header"),
)

_RULES: dict[str, Callable[[Difference], _Judged]] = {
    **dict.fromkeys(_PARTS, _presence),
    "required": _required,
    "nullable": _nullable,
    "type": _type,
    "enum": _enum,
    "format": _format,
    "status": _status,
    "media type": _media_type,
    "security": _security,
    "server": _server,
    "variant": _variant,
    "closed": _closed,
    "tags": _tags,
    "style": lambda _: _breaks("values are written in another way"),
    "discriminator": lambda _: _breaks("another field tells the alternatives apart"),
    "operationId": lambda _: _client("the function has another name"),
    "argument": lambda each: _client(
        "the arguments have another order" if sorted(each.before) == sorted(each.after) else "an argument is renamed"
    ),
    "component": lambda each: _client("the class is gone" if each.after is None else "the class has another name"),
    "default": lambda _: _client("the client sends it"),
    "x-unit": lambda _: _client("the type in Python changes"),
    "fields": lambda _: _client("what was a dictionary becomes a class"),
    "name": lambda _: _client("they have one name in Python"),
    NAME: lambda _: _client("it has another name in Python"),
    "x-enum-varnames": _members,
}

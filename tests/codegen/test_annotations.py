"""Annotations are evaluated when they are read, with the names that only type checkers import."""

from __future__ import annotations

import copy
import typing
from collections.abc import Iterable, Mapping

import pytest

from causerie_api.annotations import annotations_of, evaluable


def example(ids: Iterable[str], more: Mapping[str, Made] | None = None) -> Missing:  # noqa: F821
    """Return a function whose annotations have names that are nowhere."""


class Made:
    """A class that is given as a name."""

    def method(self, other: Made) -> Made:
        return other


def test_evaluated() -> None:
    """Every way of reading a mapping gives the types; the texts are there, too."""
    hints = annotations_of(evaluable(example, Missing=int))

    assert {"ids": Iterable[str], "more": Mapping[str, Made] | None, "return": int} == dict(hints)
    assert [*hints.values()] == [value for _, value in hints.items()] == [hints[name] for name in hints]
    assert (int, "x") == (hints.get("return"), hints.get("nothing", "x"))
    assert "Mapping[str, Made] | None" == hints.text("more")
    assert typing.get_type_hints(example) == dict(hints) == dict(copy.copy(hints))


def test_class() -> None:
    """Of a class, the annotations of its methods are evaluated; a second time changes nothing."""
    evaluable(evaluable(Made))

    assert {"other": Made, "return": Made} == typing.get_type_hints(Made.method)


def test_unknown_name() -> None:
    """A name that is nowhere is a ``NameError``, as it is for ``typing.get_type_hints``."""

    def wrong(value: Nowhere) -> None:  # noqa: F821
        """Not called."""

    with pytest.raises(NameError, match="Nowhere"):
        annotations_of(wrong)["value"]

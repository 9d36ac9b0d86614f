"""Holds the generated models against the documents: what a document allows goes through them unharmed."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from typing import Any

import hypothesis
import orjson
import pytest
from hypothesis import HealthCheck, Phase
from hypothesis.strategies import SearchStrategy

from causerie_api.model import DecodeError, Model
from causerie_spec.documents import load, vendors
from tests.contract.components import Component, Example, components, examples

#: One value of each JSON type, and a number that is no integer.
_VALUES: tuple[Any, ...] = (None, True, 1, 1.5, "text", [], {})


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test each documented `example`, or each `component`."""
    found: dict[str, Callable[[str, dict[str, Any]], Iterable[Example | Component]]]
    found = {"example": examples, "component": components}
    for name in found.keys() & set(metafunc.fixturenames):
        subjects = [subject for vendor in vendors() for subject in found[name](vendor, load(vendor))]
        metafunc.parametrize(name, subjects, ids=str)


def test_documented_bodies_survive(example: Example) -> None:
    """A documented body is valid, and is encoded again byte for byte."""
    model = _model(example.vendor, example.name)
    for value in example.value if isinstance(example.value, list) else [example.value]:
        assert_survives(model, orjson.dumps(value))


def test_allowed_values_survive_and_wrong_types_are_named(component: Component) -> None:
    """What the document allows is encoded again byte for byte; `validate` refuses a field of another JSON type."""
    model = _model(component.vendor, component.name)
    refused = set[str]()

    def check(data: bytes) -> None:
        value = orjson.loads(data)
        assert_survives(model, data)
        assert_survives(model, orjson.dumps({**value, **component.documented}))
        for key in component.fields:
            for wrong in _VALUES:
                changed = {**value, key: wrong}
                broken = {error.kind.name for error in component.validator.iter_errors(changed)}
                if broken in ({"type"}, {"type", "enum"}):
                    with pytest.raises(DecodeError):
                        model.from_dict(changed).validate()
                    refused.add(key)

    _for_all(component.values(), check)

    assert refused


def assert_survives(model: type[Model], data: bytes) -> None:
    """Check that `data` is valid and does not change, whether it is decoded or not."""
    made = model.from_json(data)
    untouched = made.to_json()
    made.validate()

    assert data == untouched
    assert data == made.to_json()


def _model(vendor: str, name: str) -> type[Model]:
    made: type[Model] = getattr(importlib.import_module(f"causerie_api.{vendor}.models"), name)
    return made


def _for_all(values: SearchStrategy[bytes], check: Callable[[bytes], None]) -> None:
    test = hypothesis.given(values)(check)
    test = hypothesis.settings(
        max_examples=5,  # large objects take long to generate
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
        database=None,
        deadline=None,
    )(test)
    hypothesis.seed(1)(test)()

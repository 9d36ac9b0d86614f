"""Documents as text: YAML 1.2 and JSON, and what would harm who reads them."""

from __future__ import annotations

import pytest

from causerie_spec.text import TextError, parse

ALIASES = "x: &x [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"x{number}: &x{number} [{', '.join([f'*x{number - 1 or str()}'] * 10)}]\n" for number in range(1, 10)
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("012", 12),
        ("-010", -10),
        ("0x1F", 31),
        ("0o17", 15),
        ("1e3", 1000.0),
        ("+1.5", 1.5),
        (".inf", ".inf"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("2026-01-02", "2026-01-02"),
        ("!!timestamp 2026-01-02", "2026-01-02"),
        ("~", None),
        ("true", True),
        ("{200: 1, on: 2, <<: {a: 3}}", {"a": 3, "200": 1, "on": 2}),
        ("[&a [1], *a]", [[1], [1]]),
    ],
)
def test_yaml(text: str, value: object) -> None:
    """A scalar is what YAML 1.2 says, not what YAML 1.1 took it for; keys are texts."""
    assert repr({"a": value}) == repr(parse(f"a: {text}".encode(), is_json=False))


@pytest.mark.parametrize(("text", "is_json"), [('{"a": 1, "a": 2}', True), ("a: 1\na: 2", False)])
def test_a_key_twice(text: str, is_json: bool) -> None:
    """A key that is there twice is refused, unless the text is a stranger's: then the last one wins."""
    with pytest.raises(TextError, match=r"not (JSON|YAML): the key 'a' is there twice"):
        parse(text.encode(), is_json=is_json)

    assert {"a": 2} == parse(text.encode(), is_json=is_json, is_strict=False)


@pytest.mark.parametrize("is_json", [True, False])
def test_another_encoding(is_json: bool) -> None:
    """Bytes that are not UTF-8 are refused as such, and not as bad JSON or YAML."""
    with pytest.raises(TextError, match=r"^not UTF-8: 'utf-8' codec can't decode byte 0xff"):
        parse(b'{"a": "\xff"}', is_json=is_json)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: " + "[" * 1_000_000, "nested too deeply"),
        ("- " * 100_000 + "1", "nested too deeply"),
        (ALIASES, "what it repeats makes more than 3,000,000 values"),
        ("a: &a [*a]", "Circular"),
        ("a: !!bool maybe", "not YAML"),
        ("a: !!binary YQ==", "not YAML"),
        ("a: !strange 1", "line 1: not YAML"),
        ("? [a]\n: 1", "line 1: not YAML"),
    ],
)
def test_harm(text: str, problem: str) -> None:
    """What would fill the memory, end the process or be no JSON is a sentence."""
    with pytest.raises(TextError, match=problem):
        parse(text.encode(), is_json=False)

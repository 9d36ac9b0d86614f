"""Strict JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from causerie_mock._json import MAX_DEPTH, decode, encode

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=30,
)


@given(VALUES)
def test_every_json_value_round_trips(value: object) -> None:
    """What is encoded, or spelled in ASCII by somebody else, is decoded to the same value."""
    assert value == decode(encode(value))
    assert value == decode(json.dumps(value).encode())


@given(VALUES)
def test_what_is_encoded_is_json_for_everybody(value: object) -> None:
    """Python's own reader finds the same value, whichever of the two writers wrote it."""
    assert value == json.loads(encode(value))


def test_what_is_encoded_is_compact() -> None:
    """No space between the tokens, from either of the two writers."""
    assert b'[1,{"a":2}]' == encode([1, {"a": 2}])
    assert b'[18446744073709551616,{"a":2}]' == encode([2**64, {"a": 2}])


@pytest.mark.parametrize("number", [2**63, 2**64 - 1, 2**64, -(2**63) - 1, 10**300])
def test_integers_have_no_end(number: int) -> None:
    """Every digit is kept, beyond 64 bits too."""
    assert f'{{"n":{number}}}'.encode() == encode({"n": number})
    assert {"n": number} == decode(encode({"n": number}))


@given(st.binary())
def test_any_bytes_are_a_value_or_a_value_error(body: bytes) -> None:
    """There is no third way, and every value can be encoded again."""
    try:
        value = decode(body)
    except ValueError as error:
        assert str(error).startswith("The body is")
    else:
        assert value == decode(encode(value))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b'"\xed\xa0\x80"',
        b'{"a": NaN}',
        b"[Infinity]",
        b"-Infinity",
        b"1e999",
        b"-1e999",
        b'"\\ud800"',
        b'{"\\udfff": 1}',
        b"\xef\xbb\xbf{}",
        "{}".encode("utf-16"),
        b"1" * 5000,
        b'{"a": 1} x',
    ],
)
def test_what_rfc_8259_does_not_allow_is_refused(body: bytes) -> None:
    """Bad UTF-8, NaN, Infinity, numbers beyond all bounds, lone surrogates, byte order marks, rubbish."""
    with pytest.raises(ValueError, match="The body is not"):
        decode(body)


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_depth_has_an_end(opening: str, closing: str) -> None:
    """The deepest body that is read is MAX_DEPTH levels deep, and no depth is a crash."""

    def nested(depth: int) -> bytes:
        return (opening * depth + "1" + closing * depth).encode()

    assert decode(nested(MAX_DEPTH)) is not None
    for depth in (MAX_DEPTH + 1, 100_000):
        with pytest.raises(ValueError, match="nested deeper than 100 levels"):
            decode(nested(depth))


def test_brackets_in_strings_are_not_depth() -> None:
    """A flat body with many brackets is flat."""
    texts = ["[" * 200, '\\"[', "]"]

    assert [texts, [[]] * 200] == decode(json.dumps([texts, [[]] * 200]).encode())


def test_the_last_of_repeated_keys_counts() -> None:
    """As in JSON.parse."""
    assert {"a": 2} == decode(b'{"a": 1, "a": 2}')

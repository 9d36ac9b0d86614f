"""What the runtime of generated packages refuses to send, and to read."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest

from causerie_codegen.runtime import answer, body, schema, styles, upload
from causerie_codegen.runtime.credentials import Credentials
from causerie_codegen.runtime.jsonvalue import EncodeError
from causerie_codegen.runtime.model import DecodeError
from causerie_codegen.runtime.request import joined, query
from causerie_codegen.runtime.unset import UNSET


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: styles.deep("f", ["a"]), "f: an object is expected, not ['a']"),
        (lambda: styles.deep("f", {"a": ["b"]}), "f[a]: "),
        (lambda: styles.exploded("f", "a"), "f: an object is expected, not 'a'"),
        (lambda: styles.pairs("f", 5, True), "f: an object is expected, not 5"),
        (lambda: styles.json("f", {"a": float("nan")}), "f['a']: JSON has no nan"),
        (lambda: styles.in_path("f", [], "simple", False), "f: [] cannot stand in a path"),
        (lambda: styles.in_path("f", "..", "simple", False), "f: '..' cannot stand in a path"),
        (lambda: styles.in_path("f", {}, "label", True), "f: {} cannot stand in a path"),
        (
            lambda: styles.headers(f="a\r\nX-Other: b"),
            "f: 'a\\r\\nX-Other: b' cannot stand in a header: give ASCII, on one line",
        ),
        (lambda: styles.headers(f="\xe9"), "f: '\xe9' cannot stand in a header: give ASCII, on one line"),
        (lambda: joined("f", ["a b"], " "), "f: 'a b' has a space, which separates values here"),
        (lambda: joined("f", ["a|b"], "|"), "f: 'a|b' has a bar, which separates values here"),
        (lambda: body.text(5), "body: a text was expected, not 5"),
        (lambda: body.text("\ud83d"), "body: "),
        (lambda: body.binary("a"), "body: 'a' is no file: give bytes, a path, or a file open for bytes"),
        (lambda: body.form([1]), "body: an object was expected, not [1]"),
        (lambda: body.multipart({"f": ("a.txt", "text")}), "f: 'text' is no file: give bytes, a path, or a file open"),
        (
            lambda: body.multipart({"f": io.StringIO("text")}),
            "f: <_io.StringIO",
        ),
        (lambda: body.multipart({}, {}, {"f": [("X-A", "1")]}), "f: f is not in the body, so its part has no headers"),
        (lambda: body.chosen("a/b", {"c/d": lambda: None}), "media_type: one of c/d was expected, not 'a/b'"),
        (lambda: query({"a": 1}, a=2), "a: a is there twice: leave it out of the object"),
    ],
)
def test_refused(make: Any, said: str) -> None:
    """What would be sent wrong is refused by name."""
    with pytest.raises(EncodeError) as caught:
        make()

    assert str(caught.value).startswith(said)


def test_nothing() -> None:
    """What is not given is not sent."""
    made = [make(UNSET) for make in (body.text, body.binary, body.form, body.multipart)]

    assert [None] * 4 == made
    assert (UNSET, {}, {}, ()) == (
        styles.json("f", UNSET),
        styles.deep("f", UNSET),
        styles.exploded("f", None),
        styles.headers(f=None),
    )
    assert UNSET is styles.cookies(f=UNSET)


def test_files(tmp_path: Path) -> None:
    """A file is given by its path, open, or as bytes, and cannot end its header."""
    path = tmp_path / "notes.txt"
    path.write_bytes(b"one")
    with path.open("rb") as opened:
        made = body.multipart({"a": path, "b": opened, "c": ('x"\r\n.png', b"three"), "d": [b"4", b"5"], "e": None})
        assert isinstance(made, upload.Upload)
        content = b"".join(made)
    heads = re.findall(rb"form-data; (.*)\r\nContent-Type: (.*)\r\n\r\n(.*)\r\n", content)

    assert [
        (b'name="a"; filename="notes.txt"', b"text/plain", b"one"),
        (b'name="b"; filename="notes.txt"', b"text/plain", b"one"),
        (b'name="c"; filename="x%22%0D%0A.png"', b"image/png", b"three"),
        (b'name="d"; filename="d"', b"application/octet-stream", b"4"),
        (b'name="d"; filename="d"', b"application/octet-stream", b"5"),
    ] == heads


@pytest.mark.parametrize(
    ("decode", "content", "said"),
    [
        (answer.decoder("get", schema.STRING), b"1", "get: expected a string, not 1"),
        (answer.decoder("get", schema.STRING), b"{", "get: not JSON: "),
        (answer.decoder("get", schema.array(schema.DATE)), b'["x"]', "get[0]: expected a date"),
        (answer.decoder("get", schema.mapping(schema.DATE)), b'{"a": "x"}', "get['a']: expected a date"),
        (answer.decoder("get", schema.mapping(schema.DATE)), b"[]", "get: expected an object"),
        (answer.decoder("get", schema.mapping(schema.INTEGER)), b'{"a": "x"}', "get['a']: expected an integer"),
        (answer.decoder("get", schema.mapping(schema.INTEGER)), b"[]", "get: expected an object"),
        (answer.text, b"\xff", "text: not UTF-8: invalid start byte at byte 0"),
    ],
)
def test_unreadable(decode: Any, content: bytes, said: str) -> None:
    """What is not as the document says is an error that names the operation and the place."""
    with pytest.raises(DecodeError) as caught:
        decode(content)

    assert str(caught.value).startswith(said)


def test_empty_answer() -> None:
    """An answer without a body is nothing."""
    assert answer.decoder("get", schema.STRING)(b" ") is None


def test_credentials() -> None:
    """Credentials are not shown, and two in one header are refused."""
    made = Credentials()
    made.header("Authorization", "Bearer ", "the-secret")
    made.query("key", "", "the-secret")
    made.cookie("a", "", "1")
    made.cookie("b", "", "2;")

    assert "the-secret" not in repr(made)
    assert "a=1; b=2%3B" == made.headers["Cookie"]
    with pytest.raises(ValueError, match="two credentials would be sent in the header Authorization: give one of them"):
        made.basic(("user", "password"))

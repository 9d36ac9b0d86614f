"""A sequence of requests as curl lines and as a test for pytest."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from causerie_contract._oracle._story import Check, Exchange, Sent, curl, story
from causerie_contract._oracle._story import test as printed
from causerie_contract._oracle._value import NOTHING
from causerie_spec import Credential
from causerie_spec.redact import MASK

HEADER = Credential("Agent-Secret-Key")


def exchange(method: str, template: str, answer: Any, **changes: Any) -> Exchange:
    """Return a request to a server that gives that answer."""
    given: dict[str, Any] = {"path": {}, "query": {}, "content": b"", "media_type": None, "credential": "own"}
    sent = Sent(method, template, **{**given, **changes})
    request = httpx.Request(method, "http://raia.test" + sent.url(lambda text, safe: text))
    return Exchange("operation", sent, request, httpx.Response(200, json=answer, request=request))


def assertion(check: Check, answer: Any) -> Any:
    """Return what the printed test says of `answer`, evaluated."""
    last = exchange("GET", "/things", answer)
    line = printed("raia", HEADER, [last], check).splitlines()[-1]
    return eval(line.removeprefix("    assert "), {"answer1": last.response})


@pytest.mark.parametrize(
    ("at", "answer", "holds"),
    [
        (("a",), {"b": 1}, True),
        (("a",), {"a": 1}, False),
        ((1,), [{}], True),
        ((1,), [{}, {}], False),
        (("list", 0), {"list": [{}]}, False),
    ],
)
def test_absence(at: tuple[str | int, ...], answer: Any, holds: bool) -> None:
    """A field that should not be there is a key; an item that should not be there is one more than there may be."""
    assert holds is assertion(Check("body", at, "==", NOTHING), answer)
    assert holds is not assertion(Check("body", at, "there", None), answer)


def test_repeated_parameter() -> None:
    """A parameter that is sent twice is sent twice by the printed test too."""
    twice = exchange("GET", "/things", [], query=[("page", "1"), ("page", "1")])

    assert "params=[('page', '1'), ('page', '1')]" in printed(
        "raia", HEADER, [twice], Check("status", (), "in", (400,))
    )


@pytest.mark.parametrize(
    ("credential", "shown"),
    [("own", f"Agent-Secret-Key: {MASK}'"), ("other", f"{MASK} of another tenant'"), ("wrong", "Key: wrong'")],
)
def test_whose_credential(credential: str, shown: str) -> None:
    """A curl line tells whose credential it was, and not which."""
    assert shown in curl(exchange("GET", "/things", [], credential=credential), HEADER)


def test_ids_of_earlier_answers() -> None:
    """What an answer has made up is taken from it, also in a path; what nothing depends on is left out."""
    made = exchange("POST", "/things", {"id": "made-by-the-server"}, content=b"{}", media_type="application/json")
    read = exchange("GET", "/others", [])
    last = exchange("GET", "/things/{id}", {}, path={"id": "made-by-the-server"})
    check = Check("body", ("id",), "==", "made-by-the-server")
    kept = story([made, read, last], last, check)
    lines = printed("raia", HEADER, kept, check).splitlines()

    assert [made, last] == kept
    assert "        answer2 = client.request('GET', f\"/things/{answer1.json()['id']}\", headers={**own})" in lines
    assert "    assert answer2.json()['id'] == answer1.json()['id']" == lines[-1]


def test_ids_that_were_there_before() -> None:
    """What was there before the first write is written out: a faulty server may list it in the wrong place."""
    read = exchange("GET", "/things", [{"id": "it-was-there"}])
    last = exchange("GET", "/things", [{"id": "it-was-there"}])
    check = Check("ids", (), "==", ["it-was-there"], ("id",))
    kept = story([read, last], last, check)

    assert [last] == kept
    assert ["    assert [each['id'] for each in answer2.json()] == ['it-was-there']"] == printed(
        "raia", HEADER, [read, last], check
    ).splitlines()[-1:]

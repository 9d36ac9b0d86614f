"""A credential never shows, wherever things go wrong."""

from __future__ import annotations

import asyncio
import logging
import pickle
import string
import traceback
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import causerie

from .conftest import ASYNC, SYNC, Vendor, json, raw
from .test_errors import get

# No secret is by chance a word that is rightly shown.
SECRETS = st.text(string.ascii_letters + string.digits + "-._~+/=", max_size=40).map("sk-5e2RfT8q0Z".__add__)
OUTCOMES = {
    "answer": json({"success": True, "message": "", "data": {}}),
    "refused": json({"message": "no", "code": "UNAUTHORIZED"}, 401),
    "nonsense": raw(b"<html>"),
    "failing": json({}, 500),
}


def broken(request: httpx.Request) -> httpx.Response:
    """Raise what httpx raises: the error holds the request, and the request holds the credential."""
    raise httpx.ReadError("broken", request=request)


def shown(client: Any, error: BaseException | None) -> str:
    """Return everything that anybody would print, log or store."""
    texts = [repr(client), str(client), repr(vars(client)), repr(client._driver.options)]
    if error is not None:
        # Without the first frame, which is the test's own.
        assert error.__traceback__ is not None
        stack = traceback.TracebackException(
            type(error), error, error.__traceback__.tb_next, capture_locals=True, compact=False
        )
        texts += [repr(error), str(error), "".join(stack.format()), repr(vars(error)), repr(pickle.dumps(error))]
    return "\n".join(texts)


@pytest.mark.parametrize("clients", [SYNC, ASYNC], ids=["sync", "async"])
@pytest.mark.parametrize("vendor", ["convocore", "raia", "zild"])
@pytest.mark.parametrize(
    "spoil",
    [
        lambda secret: (f"{secret}\n", {}),
        lambda secret: (f"Bearer {secret}", {}),
        lambda secret: (secret, {"base_url": f"https://ada:{secret}@vendor.test"}),
        lambda secret: (secret, {"base_url": "ftp://vendor.test"}),
        lambda secret: (secret, {"timeout": -1}),
        lambda secret: (secret, {"headers": {"x-token": f"{secret}\n"}}),
        lambda secret: (secret, {"timeoutt": 1}),
    ],
    ids=["newline", "bearer", "password", "scheme", "timeout", "header", "name"],
)
def test_not_where_a_client_is_refused(clients: dict[str, Any], vendor: str, spoil: Any) -> None:
    """The frames of a constructor do not show what it was called with."""
    secret = "sk-5e2RfT8q0Z"
    key, options = spoil(secret)
    with pytest.raises((causerie.ArgumentError, TypeError)) as caught:
        clients[vendor](key, **{"base_url": "https://vendor.test", **options})
    error = caught.value
    assert error.__traceback__ is not None
    stack = traceback.TracebackException(type(error), error, error.__traceback__.tb_next, capture_locals=True)

    assert secret not in "".join(stack.format()) + repr(error)


def test_not_where_a_view_is_refused() -> None:
    """Nor do the frames of another view of a client."""
    with pytest.raises(causerie.ArgumentError) as caught:
        causerie.Raia("k").with_options(headers={"authorization": "sk-5e2RfT8q0Z\n"})
    error = caught.value
    assert error.__traceback__ is not None
    stack = traceback.TracebackException(type(error), error, error.__traceback__.tb_next, capture_locals=True)

    assert "sk-5e2RfT8q0Z" not in "".join(stack.format())


@pytest.mark.parametrize("outcome", [*OUTCOMES, "broken"])
@pytest.mark.parametrize("clients", [SYNC, ASYNC], ids=["sync", "async"])
@given(secret=SECRETS, vendor=st.sampled_from(["convocore", "raia", "zild"]))
def test_never(clients: dict[str, Any], outcome: str, secret: str, vendor: str) -> None:
    """A credential is not in a repr, an error, a traceback with its variables, a pickle, or a log."""
    logged: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: logged.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("causerie")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    client = clients[vendor](
        secret,
        base_url="https://vendor.test",
        transport=Vendor(OUTCOMES.get(outcome, broken)),
        retry=causerie.Retry(attempts=1),
    )
    error = None
    try:
        result = get(client)
        if clients is ASYNC:
            asyncio.run(result)
    except causerie.CauserieError as caught:
        error = caught
    finally:
        logger.removeHandler(handler)
        logger.setLevel(logging.NOTSET)

    assert logged
    assert secret not in shown(client, error) + "\n".join(logged)


@pytest.mark.parametrize("client", [*SYNC.values(), *ASYNC.values()])
def test_failing_constructor(client: Any) -> None:
    """A client that refuses another argument does not show the credential in its variables."""
    secret = "-".join(["hush", "hush", "hush"])
    with pytest.raises(causerie.ArgumentError) as caught:
        client(secret, base_url="https://vendor.test", timeout=0)
    stack = traceback.TracebackException(
        type(caught.value), caught.value, caught.value.__traceback__.tb_next, capture_locals=True
    )
    shown = "".join(stack.format())

    assert "timeout: 0 is not" in shown
    assert secret not in shown


def test_impossible_secret() -> None:
    """A credential that is refused is not shown in the refusal's traceback either."""
    secret = "-".join(["hush", "hush\n"])
    with pytest.raises(causerie.ArgumentError) as caught:
        causerie.Raia(secret)

    assert secret.strip() not in "".join(traceback.format_exception(caught.value))

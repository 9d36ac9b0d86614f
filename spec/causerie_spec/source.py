"""Reads another party's document, in JSON or YAML, from a URL or a file."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from .body import Body, TooMuch
from .text import TextError, parse
from .unpack import ENCODINGS

#: The limits of a download.
SECONDS = 30.0
MEGABYTES = 20


def read(source: str) -> dict[str, Any]:
    """Read the OpenAPI 3.0 or 3.1 document at a URL or in a file, as JSON or YAML. All keys are texts.

    Raises `ValueError` if it is not such a document, too large or too slow.
    """
    content = _fetch(source) if source.startswith(("http://", "https://")) else _file(source)
    try:
        document = parse(content, is_json=content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"), is_strict=False)
        # Half a surrogate pair, which cannot be printed, becomes a `?`.
        document = json.loads(json.dumps(document, ensure_ascii=False).encode("utf-8", "replace"))
    except TextError as error:
        raise ValueError(f"{source} is neither JSON nor YAML: {error}") from None
    version = document.get("openapi") if isinstance(document, dict) else None
    if not str(version).startswith(("3.0", "3.1")) or not isinstance(document.get("paths"), dict):
        raise ValueError(f"{source} is not an OpenAPI 3.0 or 3.1 document: its openapi is {version!r}.")
    return dict(document)


def _fetch(url: str) -> bytes:
    deadline = time.monotonic() + SECONDS
    parts = urlsplit(url)
    shown = f"{parts.scheme}://{parts.hostname}{parts.path}"  # the user and the query may be secret
    much = f"{shown} has more than {MEGABYTES} MB, or takes longer than {SECONDS:.0f} s."
    asked = {"accept-encoding": ENCODINGS}
    try:
        with httpx.stream("GET", url, headers=asked, timeout=SECONDS, follow_redirects=True) as response:
            response.raise_for_status()
            body = Body(response, MEGABYTES * 1_000_000)
            if not response.is_stream_consumed:
                for chunk in response.iter_raw():
                    body.add(chunk)
                    if time.monotonic() > deadline:
                        raise ValueError(much)
            content = body.whole()
    except TooMuch:
        raise ValueError(much) from None
    except httpx.HTTPStatusError as error:
        raise ValueError(f"{shown} answers with {error.response.status_code}.") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ValueError(f"{shown} could not be read: {type(error).__name__}.") from None
    return content


def _file(source: str) -> bytes:
    try:
        return Path(source).read_bytes()
    except (OSError, ValueError) as error:
        raise ValueError(f"{source} could not be read: {error}") from None

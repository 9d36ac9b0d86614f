"""Documents of strangers as they come: at a URL or in a file, JSON or YAML."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import yaml

from .body import ENCODINGS, Body, TooMuch

#: Limits of what is fetched.
SECONDS = 30.0
MEGABYTES = 20


def read(source: str) -> dict[str, Any]:
    """Read the OpenAPI 3.0 or 3.1 document at a URL or in a file, JSON or YAML, as it is; all keys are text.

    Raises `ValueError` when it is none, too large or too slow.
    """
    text = _fetch(source) if source.startswith(("http://", "https://")) else _file(source)
    try:
        document = json.loads(text) if text.lstrip().startswith("{") else yaml.load(text, Loader=_Text)  # noqa: S506
        # What YAML has beside JSON, such as dates, becomes text; half a character, which nobody can print, a `?`.
        document = json.loads(json.dumps(document, default=str, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, yaml.YAMLError) as error:
        raise ValueError(f"{source} is neither JSON nor YAML: {error}") from None
    except RecursionError:
        raise ValueError(f"{source} is nested too deeply to be read.") from None
    version = document.get("openapi") if isinstance(document, dict) else None
    if not str(version).startswith(("3.0", "3.1")) or not isinstance(document.get("paths"), dict):
        raise ValueError(f"{source} is no document of OpenAPI 3.0 or 3.1: its openapi is {version!r}.")
    return dict(document)


class _Text(yaml.SafeLoader):
    """Keys are what is written there: YAML itself reads 200 as a number, on as true, and 2026-01-01 as a date."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        self.flatten_mapping(node)
        return {
            key.value if isinstance(key, yaml.ScalarNode) else str(self.construct_object(key, deep=True)): (
                self.construct_object(value, deep=deep)
            )
            for key, value in node.value
        }


def _fetch(url: str) -> str:
    deadline = time.monotonic() + SECONDS
    parts = urlsplit(url)
    shown = f"{parts.scheme}://{parts.hostname}{parts.path}"  # a user or a query may be secret
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
    return content.decode("utf-8-sig", "replace")


def _file(source: str) -> str:
    try:
        return Path(source).read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise ValueError(f"{source} could not be read: {error}") from None

"""Things that stand in for those of the document's examples, on a server that may not have these.

The mock holds what the examples name, and is reset before each phase. On any other server an operation would be asked
for ids that nobody knows, or that an earlier request has deleted. So what an operation needs is made just before it is
tested.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import httpx

from causerie_spec import credential
from causerie_spec.documents import operations

from ._pulse import Asked
from ._target import Target
from ._vendor import vendor_of

#: Stands for the credential in generated values.
_NO_CREDENTIAL = "no credential"
#: A shorter credential may stand in any text.
_SHORTEST = 8


class StandIns:
    """What is there for one operation, by parameter or field, such as ``path.userId``; made anew for each operation."""

    def __init__(self, vendor: str, document: dict[str, Any], target: Target) -> None:
        self._vendor = vendor
        self._make = vendor_of(vendor).stand_ins if target.real else None
        self._document = document
        self._target = target
        self._examples = frozenset(_examples(document))
        self._operation = ""
        self._made: Mapping[str, str] = {}

    @property
    def are_needed(self) -> bool:
        """Whether the server may lack what the document's examples name: it is no mock."""
        return self._target.real

    def of(self, operation: str) -> Mapping[str, str]:
        """Return the ids of the stand-ins for `operation`, as far as the server creates them."""
        if self._make is not None and operation != self._operation:
            self._operation = operation
            self._made = self._now(self._make)
        return self._made

    def put(self, operation: str, where: str, values: Any) -> None:
        """Put what is there in the place of the document's examples among the `values` of the path, query or body."""
        for name in values if isinstance(values, dict) else ():
            if isinstance(values[name], str) and values[name] in self._examples:
                values[name] = self.of(operation).get(f"{where}.{name}", values[name])

    def without_credential(self, value: Any) -> Any:
        """Return a generated value with another text where the credential stands.

        Hypothesis may take it from source code. A server that stores it would seem to show it later.
        """
        if isinstance(value, dict):
            return {name: self.without_credential(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self.without_credential(each) for each in value]
        secret = self._target.credential
        return _NO_CREDENTIAL if isinstance(value, str) and len(secret) >= _SHORTEST and secret in value else value

    def _now(self, make: Callable[[Callable[[str, str, Any], Any]], Iterable[Mapping[str, str]]]) -> Mapping[str, str]:
        known, base_url = credential(self._document), self._target.base_url
        with httpx.Client(
            transport=self._target.sender(),
            base_url=base_url if "://" in base_url else f"http://mock{base_url.removeprefix(f'/{self._vendor}')}",
            headers={known.header: known.prefix + self._target.credential},
            timeout=30,
            trust_env=False,
        ) as client:

            def ask(method: str, path: str, body: Any = None) -> Any:
                request = client.build_request(method, path, json=body)
                line = f"curl -X {method} {request.url}" + ("" if body is None else f" -d {json.dumps(body)!r}")
                asked = Asked(self._named(method, path), lambda: (self._target.mask(line),))
                response = self._target.pulse.ask(asked, lambda: client.send(request))
                response.raise_for_status()
                return response.json() if response.content else None

            made: dict[str, str] = {}
            # What is wrong with the server, the operations on their own will show.
            with contextlib.suppress(httpx.HTTPError, httpx.InvalidURL, ValueError, LookupError, TypeError):
                for each in make(ask):
                    if all(isinstance(value, str) and value for value in each.values()):
                        made |= each
            return made

    def _named(self, method: str, path: str) -> str:
        """Return the operation that this request is to."""
        for name, (verb, template) in operations(self._document).items():
            if verb.upper() == method and re.fullmatch(re.sub(r"\{[^}]*\}", "[^/]+", template), path):
                return name
        return self._operation


def _examples(node: Any, *, inside: bool = False) -> Iterator[str]:
    """Yield each text that the document has as an example."""
    if isinstance(node, dict):
        for key, each in node.items():
            yield from _examples(each, inside=inside or key in ("example", "examples"))
    elif isinstance(node, list):
        for each in node:
            yield from _examples(each, inside=inside)
    elif inside and isinstance(node, str):
        yield node

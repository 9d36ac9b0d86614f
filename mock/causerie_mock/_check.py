"""Checks of the mock's replies against its own document."""

from __future__ import annotations

import json

from ._contract import Contract, Operation
from ._exchange import Reply


class ContractViolation(AssertionError):
    """The mock gave a reply that its own document does not allow: a bug in the mock or in the document."""


def check(contract: Contract, operation: Operation, reply: Reply) -> None:
    """Raise `ContractViolation` with operation, status and JSON pointer unless the document allows `reply`."""
    if reply.status not in operation.responses:
        raise ContractViolation(f"{operation.id} does not document status {reply.status}.")
    schemas = operation.responses[reply.status]
    media_type = dict(reply.headers).get("content-type", "")
    if not schemas and not reply.body:
        return
    if media_type not in schemas:
        raise ContractViolation(f"{operation.id} {reply.status} does not document the media type {media_type!r}.")
    for pointer, message in contract.schema(schemas[media_type]).issues(json.loads(reply.body)):
        raise ContractViolation(f"{operation.id} {reply.status} at {pointer or '/'}: {message}")

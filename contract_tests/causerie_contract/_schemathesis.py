"""What the suite takes of Schemathesis beside the names that `import schemathesis` gives everybody.

Any release of it may change these. No other module imports them, so that this one says what a release has to keep.
"""

from __future__ import annotations

from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.cli.context import BaseExecutionContext
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import AcceptedNegativeData, Failure, FailureGroup
from schemathesis.engine import StopReason, events, from_schema
from schemathesis.engine.errors import ServerUnavailable, is_connection_refused
from schemathesis.engine.recorder import CaseNode
from schemathesis.errors import NoLinksFound
from schemathesis.generation.meta import CaseMetadata, CoveragePhaseData
from schemathesis.generation.overrides import for_operation
from schemathesis.generation.stateful.state_machine import DEFAULT_STATE_MACHINE_SETTINGS, RecordingStateMachine
from schemathesis.openapi.checks import JsonSchemaError
from schemathesis.python.asgi import shutdown_lifespans
from schemathesis.specs.openapi.schemas import OpenApiSchema
from schemathesis.transport.requests import REQUESTS_TRANSPORT

__all__ = [
    "CHECKS",
    "DEFAULT_STATE_MACHINE_SETTINGS",
    "REQUESTS_TRANSPORT",
    "AcceptedNegativeData",
    "BaseExecutionContext",
    "CaseMetadata",
    "CaseNode",
    "CoveragePhaseData",
    "Failure",
    "FailureGroup",
    "JsonSchemaError",
    "NoLinksFound",
    "OpenApiSchema",
    "RecordingStateMachine",
    "SchemathesisConfig",
    "ServerUnavailable",
    "StopReason",
    "events",
    "for_operation",
    "from_schema",
    "is_connection_refused",
    "load_all_checks",
    "shutdown_lifespans",
]

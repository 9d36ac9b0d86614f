"""Turns with an agent of Convocore."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, Literal

from causerie_api.convocore import models
from causerie_api.convocore.api.agents import interact
from causerie_api.jsonvalue import shortened
from causerie_api.request import Request
from causerie_api.unset import UNSET, Unset

from .._clock import SECONDS_MAX
from .._errors import ArgumentError, ReplyFailedError
from .._method import operation
from .._plan import Plan
from .._resource import Driver
from .arguments import choice
from .region import Region, Regional

if TYPE_CHECKING:
    from causerie_api.convocore.models import InteractResponse

#: Seconds beyond the turn's own that an answer may be on its way.
_TRAVEL: Final = 10.0
_BUCKETS: Final[dict[Region, models.Bucket]] = {"eu": models.Bucket.VOICEGLOW_EU, "na": models.Bucket.VALUE_1}


class Agents(Regional[Driver]):
    """Turns with an agent. Each is billed like any other turn (convocore-interact)."""

    @operation(interact)
    def interact(
        self,
        agent_id: str,
        conversation_id: str,
        prompt: str,
        *,
        response_mode: Literal["lean", "verbose"] = "lean",
        timeout: float = 60.0,
        session_id: str | Unset = UNSET,
        record_history: bool = True,
        is_test: bool | Unset = UNSET,
        region: Region | None = None,
        options: dict[str, Any] | None = None,
    ) -> Plan[InteractResponse]:
        """Take one turn with an agent, and return its whole answer.

        A new ``conversation_id``, which you choose, begins a conversation. A lean answer has ``assistant_text``,
        ``ui_engine_summary``, ``kb_docs_retrieved`` and ``images_shown``; a verbose one has ``turns``,
        ``last_bot_message``, ``debug_messages`` and ``metadata``. ``timeout`` is how many seconds the turn may take.
        ``record_history=False`` stores nothing. ``options`` are further fields, under the vendor's names. ``region`` is
        where the agent is kept, by default the client's region.

        Raises ``ReplyFailedError`` if the turn fails. A turn that may have been taken is not repeated, since each one
        is billed. Source: page convocore-interact.
        """
        if not isinstance(options, Mapping | None):
            raise ArgumentError("options", f"{shortened(options)} is not a dict: give the fields by name")
        choice("response_mode", response_mode, "lean", "verbose")
        region = self._where(region)
        if not isinstance(timeout, int | float) or not 0 < timeout <= SECONDS_MAX:
            raise ArgumentError("timeout", f"{shortened(timeout)} is not a number of seconds above 0")
        fields: dict[str, Any] = {
            **(options or {}),
            "agentId": agent_id,
            "convoId": conversation_id,
            "bucket": _BUCKETS[region].value,
            "prompt": prompt,
            "responseMode": response_mode,
            "timeout": round(timeout * 1000),
        }
        named = {"sessionId": session_id, "isTest": is_test, "disableRecordHistory": UNSET if record_history else True}
        fields |= {name: value for name, value in named.items() if not isinstance(value, Unset)}
        # The answer comes when the turn is over, which the client's own timeout may be too short for.
        patience = max(self._driver.options.timeout, timeout + _TRAVEL)
        resource = Agents(self._driver_with(timeout=patience), region)
        return resource._turn(conversation_id, interact.request(body=models.InteractBody.from_dict(fields)))

    def _turn(self, conversation_id: str, request: Request[InteractResponse, Any]) -> Plan[InteractResponse]:
        answer = yield from self._send(request)
        if not answer.success:
            error = answer.error if isinstance(answer.error, str) else None
            raise ReplyFailedError(conversation_id, None, error)
        return answer

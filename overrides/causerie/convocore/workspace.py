"""Operations on a whole workspace of Convocore."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from causerie_api.convocore import models
from causerie_api.convocore.api.conversations import generate_summaries
from causerie_api.convocore.api.workspace import list_workspace_sessions
from causerie_api.model import DecodeError
from causerie_api.unset import UNSET, Unset

from .._errors import ArgumentError
from .._method import operation, paged
from .._pages import Listed
from .._plan import Plan
from .._resource import Driver
from .answers import summaries_of
from .arguments import models_of
from .region import Region, Regional

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from causerie_api.convocore.models import ConversationSummary, SummaryItem, WorkspaceSession, WorkspaceSessions

#: How many transcripts one request may have (published contract).
_AT_ONCE: Final = 25


class Workspace(Regional[Driver]):
    """A workspace: all agents of a team."""

    @paged(list_workspace_sessions)
    def sessions(
        self,
        workspace_id: str,
        *,
        agent_id: str | Unset = UNSET,
        origin: str | Unset = UNSET,
        page: int = 0,
        limit: int | Unset = UNSET,
        region: Region | None = None,
    ) -> Plan[Listed[WorkspaceSession, WorkspaceSessions]]:
        """Return the sessions of all agents with their turns, page by page.

        ``workspace_id`` is the id of the workspace that owns the agents. ``agent_id`` and ``origin``, a channel, filter
        the sessions. The list begins with ``page``, counted from 0; ``limit`` is the number of items in a page, 50 by
        default and 100 at most. ``region`` is where the workspace is kept, by default the client's region. Source:
        published contract.
        """
        region = self._where(region)
        if page.__class__ is not int or page < 0:
            raise ArgumentError("page", f"{page!r} is not the number of a page: give 0 or more")

        def fetch(number: int) -> Plan[Listed[WorkspaceSession, WorkspaceSessions]]:
            def listed(answer: WorkspaceSessions) -> Listed[WorkspaceSession, WorkspaceSessions]:
                sessions: Any = answer.sessions
                if not isinstance(sessions, list):
                    raise DecodeError("WorkspaceSessions", ".sessions", "no list of sessions")
                pagination: Any = answer.pagination
                # A page without any that says there is more would never end.
                says_more = isinstance(pagination, models.SessionPagination) and pagination.has_more is True
                goes_on = says_more and bool(sessions)
                return Listed(sessions, answer, partial(fetch, number + 1) if goes_on else None)

            request = list_workspace_sessions.request(
                workspace_id=workspace_id, region=region, page=number, limit=limit, agent_id=agent_id, origin=origin
            )
            return self._page(request, listed)

        return fetch(page)

    @operation(generate_summaries)
    def generate_summaries(self, items: Iterable[SummaryItem | Mapping[str, Any]]) -> Plan[list[ConversationSummary]]:
        """Have an AI summarize up to 25 transcripts, each in the language of its conversation. This is billed.

        An item has ``convo_id``, ``agent_id``, ``transcript`` and ``message_count``, and may have ``agent_lang`` and
        ``force_regenerate``. Source: published contract.
        """
        found = models_of("items", models.SummaryItem, items)
        if not 1 <= len(found) <= _AT_ONCE:
            raise ArgumentError("items", f"{len(found)} transcripts cannot be summarized at once: give 1 to {_AT_ONCE}")
        return self._read(generate_summaries.request(body=models.SummariesBody(items=found)), summaries_of)

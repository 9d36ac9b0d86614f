"""raia's feedbacks: votes on messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from causerie_api.raia import models
from causerie_api.raia.api.feedbacks import save_message_feedback
from causerie_api.unset import UNSET, Unset

from .._method import operation
from .._plan import Plan
from .._resource import Driver, Resource

if TYPE_CHECKING:
    from causerie_api.raia.models import SavedMessageFeedback, VoteTypeValue


class Feedbacks(Resource[Driver]):
    """Votes on messages."""

    @operation(save_message_feedback)
    def save(
        self,
        message_id: str,
        user_id: str,
        vote: VoteTypeValue,
        question: str,
        *,
        answer: str | Unset = UNSET,
        comment: str | Unset = UNSET,
    ) -> Plan[SavedMessageFeedback]:
        """Store a user's vote (``up`` or ``down``) on a message, or change it.

        ``question`` and ``answer`` are the texts that the vote is about. Source: the published contract.
        """
        body = models.NewMessageFeedback.of(
            conversation_message_id=message_id,
            user_id=user_id,
            vote_type=vote,
            question=question,
            answer=answer,
            comment=comment,
        )
        return self._send(save_message_feedback.request(body=body))

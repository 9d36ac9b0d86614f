"""raia's users: the people that the agent talks with."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from causerie_api.raia import models
from causerie_api.raia.api.users import create_user, delete_user, find_user, get_user, list_users
from causerie_api.unset import UNSET, Unset

from .._errors import ArgumentError
from .._method import operation, paged
from .._options import path_id
from .._pages import Listed
from .._plan import Plan
from .._resource import Driver, Resource
from .listing import numbered

if TYPE_CHECKING:
    from causerie_api.raia.models import (
        ConversationUser,
        ConversationUserPage,
        OrderDirectionValue,
        UserOrderByValue,
        UserWithConversations,
    )


class Users(Resource[Driver]):
    """People that the agent talks with."""

    @paged(list_users)
    def list(
        self,
        *,
        page: int = 1,
        page_size: int | Unset = UNSET,
        order_by: UserOrderByValue | Unset = UNSET,
        order_direction: OrderDirectionValue | Unset = UNSET,
    ) -> Plan[Listed[ConversationUser, ConversationUserPage]]:
        """Return all users of the agent, page by page.

        Iterating yields the items of all pages; ``.data`` is one page, ``.answer`` has the totals.

        ``page`` is the page to begin with, counted from 1. The published contract says that the answer is the agent,
        which must be a mistake: we expect a page of users. Any other answer is an ``APIResponseValidationError``.
        """
        request = partial(list_users.request, page_size=page_size, order_by=order_by, order_direction=order_direction)
        return numbered(self, request, page)

    @operation(create_user)
    def create(
        self,
        first_name: str,
        last_name: str,
        *,
        phone_number: str | Unset = UNSET,
        email: str | Unset = UNSET,
        fk_id: str | Unset = UNSET,
        fk_user_id: str | Unset = UNSET,
        context: str | Unset = UNSET,
        source: str | Unset = UNSET,
        custom_data: dict[str, Any] | Unset = UNSET,
        skip_phone_number_validation: bool | Unset = UNSET,
        skip_email_validation: bool | Unset = UNSET,
    ) -> Plan[ConversationUser]:
        """Create a user, who is known by a phone number, an email address or an id in another system (``fk_id``).

        If the user exists already, it is a ``BadRequestError``. Source: the published contract.
        """
        phone_number, email, fk_id = _known_by(phone_number, email, fk_id)
        kind = (
            models.NewUserByPhone
            if phone_number is not UNSET
            else models.NewUserByEmail
            if email is not UNSET
            else models.NewUserByForeignId
        )
        body = kind.of(
            first_name=first_name,
            last_name=last_name,
            phone_number=phone_number,
            email=email,
            fk_id=fk_id,
            fk_user_id=fk_user_id,
            context=context,
            source=source,
            custom_data=custom_data,
            skip_phone_number_validation=skip_phone_number_validation,
            skip_email_validation=skip_email_validation,
        )
        return self._send(create_user.request(body=body))

    @operation(find_user)
    def find(
        self, *, email: str | Unset = UNSET, phone_number: str | Unset = UNSET, fk_id: str | Unset = UNSET
    ) -> Plan[UserWithConversations]:
        """Return the user with this email address, phone number or id in another system, and their conversations' ids.

        What happens if several of them are given is not published. If there is no such user, it is a ``NotFoundError``.
        Source: the published contract.
        """
        phone_number, email, fk_id = _known_by(phone_number, email, fk_id)
        return self._send(find_user.request(email=email, phone_number=phone_number, fk_id=fk_id))

    @operation(get_user)
    def get(self, user_id: str) -> Plan[ConversationUser]:
        """Return one user.

        Source: the published contract.
        """
        return self._send(get_user.request(path_id("user_id", user_id, "search")))

    @operation(delete_user)
    def delete(self, user_id: str) -> Plan[None]:
        """Delete a user.

        What happens to the user's conversations is not published. A ``NotFoundError`` can mean that an earlier attempt,
        whose answer was lost, deleted the user. Source: the published contract.
        """
        return self._send(delete_user.request(path_id("user_id", user_id, "search")))


def _known_by(
    phone_number: str | Unset, email: str | Unset, fk_id: str | Unset
) -> tuple[str | Unset, str | Unset, str | Unset]:
    """Return the given ways to identify a user, without empty ones, such as from empty fields of a form."""
    phone_number, email, fk_id = (
        UNSET if each is None or each == "" else each for each in (phone_number, email, fk_id)
    )
    if phone_number is email is fk_id is UNSET:
        raise ArgumentError("phone_number", "a user needs a phone_number, an email or an fk_id: give one of them")
    return phone_number, email, fk_id

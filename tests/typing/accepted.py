"""What type checkers make of correct use. Not run: checked by test_typing.py."""

from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, assert_type

import httpx
import httpx2

from causerie import (
    UNSET,
    AsyncConvocore,
    AsyncPage,
    AsyncRaia,
    AsyncZild,
    Convocore,
    Outcome,
    Page,
    Raia,
    Raw,
    Retry,
    Unset,
    Zild,
    webhooks,
)
from causerie.export import Exported, export
from causerie.testing import ConvocoreMock, RaiaMock, ZildMock
from causerie_api.convocore.models import AssignedUser as Assigned
from causerie_api.convocore.models import Conversation as Lead
from causerie_api.convocore.models import (
    ConversationList,
    ConversationState,
    Delivery,
    ExportedConversation,
    InteractResponse,
    ReplacedMessages,
    WorkspaceSession,
    WorkspaceSessions,
)
from causerie_api.raia.models import (
    Agent,
    AgentWebhook,
    AssignedUser,
    Conversation,
    ConversationMessage,
    ConversationMode,
    ConversationPage,
    ConversationUser,
    ConversationUserPage,
    MessageAttachment,
    OrderBy,
    PromptAttachment,
    PromptResponse,
    VoteType,
    Webhook,
)
from causerie_api.zild.models import Conversation as Chat


def blocking(raia: Raia, convocore: Convocore, zild: Zild) -> None:
    conversation = raia.conversations.get("c1")
    assert_type(conversation, Conversation)
    assert_type(conversation.id, str)
    assert_type(conversation.title, str | Unset)
    assert_type(conversation.created_at, datetime)
    assert_type(conversation.assigned_user, AssignedUser | None | Unset)
    assert_type(conversation.mode, ConversationMode | Unset)
    assert_type(conversation.metadata, dict[str, Any] | Unset)
    assert_type(
        raia.conversations.list(page_size=10, start_date=datetime.now(UTC)), Page[Conversation, ConversationPage]
    )
    assert_type([each.id for each in raia.conversations.list()], list[str])
    assert_type(raia.conversations.delete_all("u1"), None)
    assert_type(raia.messages.send_and_wait("c1", "Hello", timeout=5), ConversationMessage)
    assert_type(raia.users.create("A", "B", email="a@b.c"), ConversationUser)
    assert_type(raia.files.upload("c1", Path("a.png")), MessageAttachment)
    assert_type(raia.files.download("c1", "f1", "a.png"), None)
    assert_type(raia.feedbacks.save("m1", "u1", "up", "Well?").vote_type, VoteType)
    assert_type(raia.prompts.send_and_wait("Hello", timeout=5), PromptResponse)
    assert_type(raia.prompts.response("p1"), PromptResponse | None)
    assert_type(raia.webhooks.create("A", "B", "https://c.d", "manual", headers={"E": "F"}), Webhook)
    assert_type(webhooks.parse(b"{}").message, ConversationMessage | None)
    webhooks.parse(bytearray(b"{}"), BaseHTTPRequestHandler.headers, {"E": "F"})
    assert_type(raia.raw(raia.conversations.get, "c1"), Raw[Conversation])
    assert_type(raia.conversations.get_many(["c1"]), list[Outcome[Conversation]])
    assert_type(raia.with_options(timeout=5, retry=Retry(attempts=1)), Raia)
    page: Page[Conversation] = raia.conversations.list()
    assert_type(raia.conversations.list().answer.total_items, int)
    assert_type(page.data, list[Conversation])
    assert_type(raia.users.list(page_size=5, order_by="createdAt"), Page[ConversationUser, ConversationUserPage])
    assert_type(raia.agents.get(), Agent)
    assert_type(raia.webhooks.list(), list[AgentWebhook])
    assert_type(raia.prompts.upload("a.txt"), PromptAttachment)
    assert_type(Raia(region="eu"), Raia)
    conversation.title = "Hello"
    conversation.title = UNSET
    conversation.mode = ConversationMode.MANUAL
    raia.conversations.set_mode("c1", "manual")
    raia.conversations.set_mode("c1", ConversationMode.MANUAL)
    raia.conversations.set_mode("c1", "a-new-mode")
    raia.conversations.list(order_by=OrderBy.CREATEDAT, order_direction="DESC")
    convocore.conversations.create("a1", state=ConversationState.COMPLETED)
    convocore.conversations.create("a1", state="a-new-state")
    raia.conversations.update("c1", title=UNSET)
    raia.conversations.start_sms(first_name="A", last_name="B", phone_number="+1", sms_introduction="Hi")
    assert_type(export(raia, "all.jsonl", since="last"), Exported)
    assert_type(export({"a": raia, "b": raia}, "all.jsonl.zst", filters={"user_id": "u1"}), Exported)
    assert_type(export(convocore, "all.jsonl", agent_id="a1", since=datetime.now(UTC)), Exported)
    assert_type(convocore.conversations.create("a1", user_name="Ada", tags=["lead"], state="completed"), Lead)
    assert_type(convocore.conversations.list("a1", limit=5), Page[Lead, ConversationList])
    assert_type(convocore.conversations.delete("a1", "c1"), None)
    assert_type(convocore.conversations.export("a1", from_ts=datetime.now(UTC)), list[ExportedConversation])
    assert_type(convocore.conversations.export("a1", format="csv", limit=5), str)
    assert_type(convocore.conversations.export_one("a1", "c1", format="csv"), str)
    assert_type(convocore.conversations.assign("a1", "c1", "u1"), Assigned)
    assert_type(convocore.conversations.assign_many("a1", "c1", ["u1"], hints=[{"id": "u1"}]), list[Assigned])
    assert_type(convocore.conversations.replace_messages("a1", "c1", [("human", "Hi")]), ReplacedMessages | None)
    assert_type(convocore.conversations.send("a1", "c1", "Hi", dry_run=True), Delivery)
    assert_type(convocore.agents.interact("a1", "c1", "Hi", response_mode="verbose"), InteractResponse)
    assert_type(convocore.workspace.sessions("w1"), Page[WorkspaceSession, WorkspaceSessions])
    assert_type(zild.conversations.start_proactive(recipient=["+1"], contact_ids=None), list[Chat])


async def awaiting(raia: AsyncRaia, convocore: AsyncConvocore) -> None:
    assert_type(await export(raia, "all.parquet", messages=False), Exported)
    assert_type(await export({"a": raia}, "all.parquet"), Exported)
    assert_type(await raia.conversations.get("c1"), Conversation)
    assert_type((await raia.conversations.list()).data, list[Conversation])
    assert_type([each.id async for each in raia.conversations.list()], list[str])
    assert_type(
        [page async for page in raia.conversations.list().pages()], list[AsyncPage[Conversation, ConversationPage]]
    )
    assert_type(await raia.raw(raia.conversations.get, "c1"), Raw[Conversation])
    assert_type(await raia.messages.list_many(["c1"]), list[Outcome[list[ConversationMessage]]])
    assert_type(await raia.prompts.wait("p1"), PromptResponse)
    assert_type(await convocore.conversations.export("a1"), list[ExportedConversation])
    assert_type(await convocore.conversations.export("a1", format="csv"), str)
    assert_type(await convocore.conversations.export_one("a1", "c1", format="csv"), str)


def carried() -> None:
    Raia(transport="httpx2")
    Raia(http_client=httpx.Client())
    Raia(http_client=httpx2.Client())
    Raia(transport=httpx.HTTPTransport())
    Raia(transport=httpx2.MockTransport(lambda request: httpx2.Response(200)))
    AsyncRaia(transport="httpx2")
    AsyncRaia(transport="aiohttp")
    AsyncRaia(http_client=httpx.AsyncClient())
    AsyncRaia(http_client=httpx2.AsyncClient())
    AsyncRaia(transport=httpx.AsyncHTTPTransport())
    AsyncRaia(transport=httpx2.AsyncHTTPTransport())


def played(convocore_mock: ConvocoreMock, raia_mock: RaiaMock, zild_mock: ZildMock) -> None:
    assert_type(convocore_mock.client(), Convocore)
    assert_type(raia_mock.async_client(tenant=1, timeout=5), AsyncRaia)
    assert_type(zild_mock.async_client(), AsyncZild)
    assert_type(raia_mock.options.pending_polls, int)
    assert_type(raia_mock.requests.one(method="POST").status, int)
    with raia_mock as entered:
        assert_type(entered, RaiaMock)

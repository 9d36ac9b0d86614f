"""Each operation: what is sent, and what the caller gets."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import attrs
import orjson
import pytest

from causerie import UNSET, AsyncPage, Page
from causerie_api.convocore.models import OutgoingMessage, Turn
from causerie_api.raia.models import MessageAttachment, PromptAttachment

from .conftest import Call, Caller, json, raw

CONVERSATION = {"ID": "c1", "userName": "Ada"}
ENVELOPE = {"success": True, "message": "done", "data": CONVERSATION}
DONE = {"success": True, "message": "done"}
CONVOCORE_PAGE = {**DONE, "data": [CONVERSATION], "hasMore": False, "nextCursor": None}
DETAILS = {"convoId": "c1", "recordings": {"current": None, "sessions": []}}
TURN = {"from": "human", "messages": [{"type": "text", "item": {"payload": {"message": "Hello"}}}]}
SESSIONS = {"sessions": [{"convoId": "c1"}], "pagination": {"page": 1, "limit": 5, "hasMore": False}}
SUMMARY_ITEM = {"convoId": "c1", "agentId": "agent1", "transcript": "Hello", "messageCount": 1}
INTERACT = {
    "agentId": "agent1",
    "convoId": "c1",
    "bucket": "voiceglow-eu",
    "prompt": "Hello",
    "responseMode": "lean",
    "timeout": 60000,
}
RAIA_CONVERSATION = {"id": "c1", "mode": "manual"}
PAGE = {"currentPage": 1, "totalItems": 1, "data": [RAIA_CONVERSATION]}
MESSAGE = {"id": "m1", "message": "Hello"}
STARTED = {"conversationId": "c9"}
USER = {"id": "u1", "firstName": "Ada"}
PROMPTED = {"status": "completed", "totalTokens": 3, "response": "Yes", "error": None}


@attrs.frozen
class Case:
    """One call, and what stands for it on the wire."""

    vendor: str
    call: Call
    method: str
    path: str
    body: Any
    answer: Any
    result: Any
    status: int = 200
    query: str = ""


def shown(value: Any) -> Any:
    """Return what a test can compare: models as JSON objects, and a page as the answer it was."""
    if isinstance(value, Page | AsyncPage):
        value = value.answer
    if isinstance(value, list):
        return [shown(item) for item in value]
    return value.to_dict() if hasattr(value, "to_dict") else value


AGENT: dict[str, Any] = {
    "id": "a1",
    "name": "Reception",
    "aiConfig": {"model": "gpt-5"},
    "skills": [
        {"systemName": "API", "status": "active", "apiKey": "hush"},
        {"systemName": "WEBHOOK", "status": "active", "webhooks": [{"title": "T", "headers": {"X-Secret": "hush"}}]},
        {"systemName": "WEBHOOK", "status": "inactive", "webhooks": None},
        {"systemName": "DANCING", "status": "active"},
    ],
}

CASES = {
    "create_conversation": Case(
        "convocore",
        lambda c: c.conversations.create("agent/1", ts=5, user_name="Ada", tags=["lead"], state="ai-chatting"),
        "POST",
        "/v3/agents/agent%2F1/convos",
        {"conversation": {"ts": 5, "userName": "Ada", "tags": ["lead"], "state": "ai-chatting"}},
        ENVELOPE,
        CONVERSATION,
    ),
    "get_conversation": Case(
        "convocore",
        lambda c: c.conversations.get("agent1", "c1"),
        "GET",
        "/v3/agents/agent1/convos/c1",
        None,
        ENVELOPE,
        CONVERSATION,
    ),
    "update_conversation": Case(
        "convocore",
        lambda c: c.conversations.update("agent1", "c1", state="completed", notes=UNSET),
        "PATCH",
        "/v3/agents/agent1/convos/c1",
        {"conversation": {"state": "completed"}},
        ENVELOPE,
        CONVERSATION,
    ),
    "list_conversations": Case(
        "convocore",
        lambda c: c.conversations.list("agent/1", page=2, limit=5),
        "GET",
        "/v3/agents/agent%2F1/convos",
        None,
        CONVOCORE_PAGE,
        CONVOCORE_PAGE,
        query="page=2&limit=5",
    ),
    "list_conversations by cursor": Case(
        "convocore",
        lambda c: c.conversations.list("agent1", cursor="x="),
        "GET",
        "/v3/agents/agent1/convos",
        None,
        CONVOCORE_PAGE,
        CONVOCORE_PAGE,
        query="cursor=x%3D",
    ),
    "delete_conversation": Case(
        "convocore",
        lambda c: c.conversations.delete("agent1", "c1"),
        "DELETE",
        "/v3/agents/agent1/convos/c1",
        None,
        DONE,
        None,
    ),
    "export_conversations": Case(
        "convocore",
        lambda c: c.conversations.export(
            "agent1",
            limit=2,
            sort="asc",
            from_ts=datetime(2026, 1, 2, microsecond=1, tzinfo=UTC),
            to_ts=datetime(2026, 1, 3, microsecond=1, tzinfo=UTC),
            cursor="x",
        ),
        "GET",
        "/v3/agents/agent1/convos/export",
        None,
        CONVOCORE_PAGE,
        [CONVERSATION],
        query=("format=json&limit=2&sort=asc&fromTs=1767312001&toTs=1767398400&cursor=x"),
    ),
    "export_conversations of some ids": Case(
        "convocore",
        lambda c: c.conversations.export("agent1", conversation_ids=("c1", "c/2")),
        "GET",
        "/v3/agents/agent1/convos/export",
        None,
        CONVOCORE_PAGE,
        [CONVERSATION],
        query="format=json&convoIds=c1%2Cc%2F2",
    ),
    "export_conversations as CSV": Case(
        "convocore",
        lambda c: c.conversations.export("agent1", format="csv", from_ts=0),
        "GET",
        "/v3/agents/agent1/convos/export",
        None,
        {**DONE, "data": "ID\r\nc1\r\n"},
        "ID\r\nc1\r\n",
        query="format=csv&fromTs=0",
    ),
    "export_conversation": Case(
        "convocore",
        lambda c: c.conversations.export_one("agent1", "export"),
        "GET",
        "/v3/agents/agent1/convos/export/export",
        None,
        {**DONE, "data": {}},
        {},
        query="format=json",
    ),
    "export_conversation as CSV": Case(
        "convocore",
        lambda c: c.conversations.export_one("agent1", "c1", format="csv"),
        "GET",
        "/v3/agents/agent1/convos/c1/export",
        None,
        {**DONE, "data": ""},
        "",
        query="format=csv",
    ),
    "assign_conversation": Case(
        "convocore",
        lambda c: c.conversations.assign("agent1", "c1", "u1", delegated_by="u2"),
        "POST",
        "/v3/agents/agent1/convos/c1/assign",
        {"assignToUserId": "u1", "delegatedBy": "u2"},
        {**DONE, "assignedUser": {"id": "u1"}},
        {"id": "u1"},
    ),
    "assign_conversation to several": Case(
        "convocore",
        lambda c: c.conversations.assign_many("agent1", "c1", ("u1", "u2"), note="Hi", hints=[{"id": "u1"}]),
        "POST",
        "/v3/agents/agent1/convos/c1/assign",
        {"assignToUserIds": ["u1", "u2"], "note": "Hi", "assigneesHint": [{"id": "u1"}]},
        {**DONE, "assignedUser": {"id": "u1"}, "assignedUsers": [{"id": "u1"}, {"id": "u2"}]},
        [{"id": "u1"}, {"id": "u2"}],
    ),
    "accept_handoff": Case(
        "convocore",
        lambda c: c.conversations.accept_handoff("agent1", "c1", "u1", team_ids=["t1"], team_keys=("k1",)),
        "POST",
        "/v3/agents/agent1/convos/c1/accept-handoff",
        {"acceptedByUserId": "u1", "teamIds": ["t1"], "teamKeys": ["k1"]},
        DONE,
        None,
    ),
    "get_conversation_details": Case(
        "convocore",
        lambda c: c.conversations.details("agent1", "c1"),
        "GET",
        "/v3/agents/agent1/convos/c1/details",
        None,
        DETAILS,
        DETAILS,
        query="region=eu",
    ),
    "get_conversation_details in an envelope": Case(
        "convocore",
        lambda c: c.conversations.details("agent1", "c1", region="na"),
        "GET",
        "/v3/agents/agent1/convos/c1/details",
        None,
        {**DONE, "data": DETAILS},
        DETAILS,
        query="region=na",
    ),
    "replace_messages": Case(
        "convocore",
        lambda c: c.conversations.replace_messages(
            "agent1",
            "c1",
            (("human", "Hello"), Turn.from_dict({**TURN, "ts": 5}), {**TURN, "mood": "good"}),
            lg_messages=[{"n": 2}],
        ),
        "PATCH",
        "/v3/agents/agent1/convos/c1/messages",
        {
            "turns": [TURN, {**TURN, "ts": 5}, {**TURN, "mood": "good"}],
            "lgMessages": [{"n": 2}],
            "updateConversationMetadata": True,
        },
        {**DONE, "data": {"messagesNum": 3}},
        {"messagesNum": 3},
    ),
    "replace_messages at a server that does not say what it stores": Case(
        "convocore",
        lambda c: c.conversations.replace_messages("agent1", "c1", [], update_conversation_metadata=False),
        "PATCH",
        "/v3/agents/agent1/convos/c1/messages",
        {"turns": [], "updateConversationMetadata": False},
        DONE,
        None,
    ),
    "send_messages": Case(
        "convocore",
        lambda c: c.conversations.send("agent1", "c1", "Hello"),
        "POST",
        "/v3/agents/agent1/convos/c1/send",
        {"message": "Hello"},
        {**DONE, "data": {"delivered": True}},
        {"delivered": True},
    ),
    "send_messages of any type": Case(
        "convocore",
        lambda c: c.conversations.send(
            "agent1",
            "c1",
            messages=[{"type": "text"}, OutgoingMessage(type_="visual")],
            dry_run=True,
            skip_if_human_handoff=True,
            source_label="campaign",
        ),
        "POST",
        "/v3/agents/agent1/convos/c1/send",
        {
            "messages": [{"type": "text"}, {"type": "visual"}],
            "sourceLabel": "campaign",
            "options": {"dryRun": True, "skipIfHumanHandoff": True},
        },
        {**DONE, "data": {"delivered": False, "dryRun": True}},
        {"delivered": False, "dryRun": True},
    ),
    "list_workspace_sessions": Case(
        "convocore",
        lambda c: c.workspace.sessions("w1", agent_id="agent1", origin="whatsapp", page=1, limit=5),
        "GET",
        "/v3/workspace/sessions",
        None,
        SESSIONS,
        SESSIONS,
        query="workspaceId=w1&region=eu&page=1&limit=5&agentId=agent1&origin=whatsapp",
    ),
    "generate_summaries": Case(
        "convocore",
        lambda c: c.workspace.generate_summaries([SUMMARY_ITEM]),
        "POST",
        "/v3/convos/generate-summaries",
        {"items": [SUMMARY_ITEM]},
        {"success": True, "data": [{"convoId": "c1", "summary": "Short"}]},
        [{"convoId": "c1", "summary": "Short"}],
    ),
    "interact": Case(
        "convocore",
        lambda c: c.agents.interact("agent1", "c1", "Hello"),
        "POST",
        "/v3/agents/interact",
        INTERACT,
        {"success": True, "assistantText": "Hi"},
        {"success": True, "assistantText": "Hi"},
    ),
    "interact with all that there is": Case(
        "convocore",
        lambda c: c.agents.interact(
            "agent1",
            "c1",
            "Hello",
            response_mode="verbose",
            timeout=1.5,
            session_id="s1",
            record_history=False,
            is_test=True,
            region="na",
            options={"kbPreview": True, "prompt": "another"},
        ),
        "POST",
        "/v3/agents/interact",
        {
            **INTERACT,
            "bucket": "(default)",
            "responseMode": "verbose",
            "timeout": 1500,
            "sessionId": "s1",
            "disableRecordHistory": True,
            "isTest": True,
            "kbPreview": True,
        },
        {"success": True, "lastBotMessage": "Hi"},
        {"success": True, "lastBotMessage": "Hi"},
    ),
    "raia list_conversations": Case(
        "raia",
        lambda c: c.conversations.list(
            page=2, order_by="updatedAt", with_feedbacks_only=True, start_date=datetime(2026, 1, 2, tzinfo=UTC)
        ),
        "GET",
        "/v3/external/conversations",
        None,
        PAGE,
        PAGE,
        query="page=2&orderBy=updatedAt&startDate=2026-01-02T00%3A00%3A00%2B00%3A00&withFeedbacksOnly=true",
    ),
    "raia create_conversation": Case(
        "raia",
        lambda c: c.conversations.create("u1", title="Hi", custom_data={"a": [1]}),
        "POST",
        "/v3/external/conversations",
        {"conversationUserId": "u1", "title": "Hi", "customData": {"a": [1]}},
        RAIA_CONVERSATION,
        RAIA_CONVERSATION,
        status=201,
    ),
    "raia delete_conversations": Case(
        "raia",
        lambda c: c.conversations.delete_all("u1"),
        "DELETE",
        "/v3/external/conversations",
        {"conversationUserId": "u1"},
        None,
        None,
        status=204,
    ),
    "raia list_conversation_states": Case(
        "raia",
        lambda c: c.conversations.states(),
        "GET",
        "/v3/external/conversations/states",
        None,
        [{"id": "s1", "name": "New"}],
        [{"id": "s1", "name": "New"}],
    ),
    "raia get_conversation": Case(
        "raia",
        lambda c: c.conversations.get("ü ?#%"),
        "GET",
        "/v3/external/conversations/%C3%BC%20%3F%23%25",
        None,
        RAIA_CONVERSATION,
        RAIA_CONVERSATION,
    ),
    "raia update_conversation": Case(
        "raia",
        lambda c: c.conversations.update("c1", title="New", status="archived"),
        "PUT",
        "/v3/external/conversations/c1",
        {"title": "New", "status": "archived"},
        RAIA_CONVERSATION,
        RAIA_CONVERSATION,
    ),
    "raia set_conversation_mode": Case(
        "raia",
        lambda c: c.conversations.set_mode("c1", "manual"),
        "PUT",
        "/v3/external/conversations/c1/mode",
        {"mode": "manual"},
        RAIA_CONVERSATION,
        RAIA_CONVERSATION,
    ),
    "raia start_conversation by email": Case(
        "raia",
        lambda c: c.conversations.start_email(
            first_name="Ada", last_name="L", email="a@b.c", email_subject="Hi", email_introduction="Hello"
        ),
        "POST",
        "/v3/external/conversations/start",
        {
            "channel": "email",
            "firstName": "Ada",
            "lastName": "L",
            "email": "a@b.c",
            "emailSubject": "Hi",
            "emailIntroduction": "Hello",
        },
        STARTED,
        "c9",
        status=201,
    ),
    "raia start_conversation by SMS": Case(
        "raia",
        lambda c: c.conversations.start_sms(
            first_name="Ada", last_name="L", phone_number="+1", sms_introduction="Hello", reset_conversation=True
        ),
        "POST",
        "/v3/external/conversations/start",
        {
            "channel": "sms",
            "firstName": "Ada",
            "lastName": "L",
            "phoneNumber": "+1",
            "smsIntroduction": "Hello",
            "resetConversation": True,
        },
        STARTED,
        "c9",
        status=201,
    ),
    "raia start_conversation by voice": Case(
        "raia",
        lambda c: c.conversations.start_voice(
            first_name="Ada", last_name="L", phone_number="+1", first_message="Hello", fk_id=UNSET
        ),
        "POST",
        "/v3/external/conversations/start",
        {"channel": "voice", "firstName": "Ada", "lastName": "L", "phoneNumber": "+1", "firstMessage": "Hello"},
        STARTED,
        "c9",
        status=201,
    ),
    "raia list_messages": Case(
        "raia",
        lambda c: c.messages.list("c1", order_direction="DESC"),
        "GET",
        "/v3/external/conversations/c1/messages",
        None,
        {"messages": [MESSAGE]},
        [MESSAGE],
        query="orderDirection=DESC",
    ),
    "raia send_message": Case(
        "raia",
        lambda c: c.messages.send("c1", "Hi", files=[MessageAttachment(file_name="a.png", storage_path="x/a.png")]),
        "POST",
        "/v3/external/conversations/c1/messages",
        {"message": "Hi", "files": [{"fileName": "a.png", "storagePath": "x/a.png"}]},
        MESSAGE,
        MESSAGE,
        status=201,
    ),
    "raia send_message_async": Case(
        "raia",
        lambda c: c.messages.send_async("c1", "Hi", context="quantum"),
        "POST",
        "/v3/external/conversations/c1/messages/async",
        {"message": "Hi", "context": "quantum"},
        MESSAGE,
        MESSAGE,
        status=201,
    ),
    "raia get_message_response": Case(
        "raia",
        lambda c: c.messages.response("c1", "m1"),
        "GET",
        "/v3/external/conversations/c1/messages/m1/response-on",
        None,
        {"status": "pending", "message": None, "error": None},
        {"status": "pending", "message": None, "error": None},
    ),
    "raia send_manual_message": Case(
        "raia",
        lambda c: c.messages.send_manual("c1", "Hi", author_id="a1"),
        "POST",
        "/v3/external/conversations/c1/send-manual-message",
        {"message": "Hi", "authorId": "a1"},
        MESSAGE,
        MESSAGE,
    ),
    "raia create_user by phone": Case(
        "raia",
        lambda c: c.users.create("Ada", "L", phone_number="+1", email="a@b.c", custom_data={"a": [1]}),
        "POST",
        "/v3/external/users",
        {"firstName": "Ada", "lastName": "L", "phoneNumber": "+1", "email": "a@b.c", "customData": {"a": [1]}},
        USER,
        USER,
        status=201,
    ),
    "raia create_user by email": Case(
        "raia",
        lambda c: c.users.create("Ada", "L", email="a@b.c", fk_user_id="7", context="C", skip_email_validation=True),
        "POST",
        "/v3/external/users",
        {
            "firstName": "Ada",
            "lastName": "L",
            "email": "a@b.c",
            "fkUserId": "7",
            "context": "C",
            "skipEmailValidation": True,
        },
        USER,
        USER,
        status=201,
    ),
    "raia create_user by an id in another system": Case(
        "raia",
        lambda c: c.users.create("Ada", "L", fk_id="crm-1", source="S", skip_phone_number_validation=False),
        "POST",
        "/v3/external/users",
        {
            "firstName": "Ada",
            "lastName": "L",
            "fkId": "crm-1",
            "source": "S",
            "skipPhoneNumberValidation": False,
        },
        USER,
        USER,
        status=201,
    ),
    "raia find_user": Case(
        "raia",
        lambda c: c.users.find(email="a+b@c.d", phone_number="+1", fk_id="crm-1"),
        "GET",
        "/v3/external/users/search",
        None,
        {"user": USER, "conversationIds": ["c1"]},
        {"user": USER, "conversationIds": ["c1"]},
        query="email=a%2Bb%40c.d&phoneNumber=%2B1&fkId=crm-1",
    ),
    "raia get_user": Case("raia", lambda c: c.users.get("u/1"), "GET", "/v3/external/users/u%2F1", None, USER, USER),
    "raia delete_user": Case(
        "raia", lambda c: c.users.delete("u1"), "DELETE", "/v3/external/users/u1", None, None, None, status=204
    ),
    "raia create_upload_url": Case(
        "raia",
        lambda c: c.files.upload_url("c1", "a.png", "image/png"),
        "POST",
        "/v3/external/conversations/c1/message-files/upload-url",
        {"fileName": "a.png", "contentType": "image/png"},
        {"signedUrl": "https://storage.test/a?s=1", "storagePath": "x/a.png"},
        {"signedUrl": "https://storage.test/a?s=1", "storagePath": "x/a.png"},
    ),
    "raia get_download_url": Case(
        "raia",
        lambda c: c.files.download_url("c1", "f1"),
        "GET",
        "/v3/external/conversations/c1/message-files/f1/signed-url",
        None,
        {"signedUrl": "https://storage.test/a?s=1", "fileId": "f1"},
        "https://storage.test/a?s=1",
    ),
    "raia save_message_feedback": Case(
        "raia",
        lambda c: c.feedbacks.save("m1", "u1", "down", "Well?", answer="No", comment="Hm"),
        "POST",
        "/v3/external/conversation-message-feedbacks",
        {
            "conversationMessageId": "m1",
            "userId": "u1",
            "voteType": "down",
            "question": "Well?",
            "answer": "No",
            "comment": "Hm",
        },
        {"id": "f1", "voteType": "down"},
        {"id": "f1", "voteType": "down"},
        status=201,
    ),
    "raia send_prompt": Case(
        "raia",
        lambda c: c.prompts.send(
            "Hi", files=[PromptAttachment(file_name="a", storage_path="x/a")], token_tracking_id="t1"
        ),
        "POST",
        "/v3/external/prompts",
        {"prompt": "Hi", "files": [{"fileName": "a", "storagePath": "x/a"}], "tokenTrackingId": "t1"},
        PROMPTED,
        PROMPTED,
    ),
    "raia send_prompt_async": Case(
        "raia",
        lambda c: c.prompts.send_async("Hi"),
        "POST",
        "/v3/external/prompts/async",
        {"prompt": "Hi"},
        {"promptId": "p1"},
        "p1",
    ),
    "raia create_prompt_upload_url": Case(
        "raia",
        lambda c: c.prompts.upload_url("a.png", "image/png"),
        "POST",
        "/v3/external/prompts/upload-url",
        {"fileName": "a.png", "contentType": "image/png"},
        {"signedUrl": "https://storage.test/a?s=1", "storagePath": "prompt-files/a.png"},
        {"signedUrl": "https://storage.test/a?s=1", "storagePath": "prompt-files/a.png"},
    ),
    "raia list_users": Case(
        "raia",
        lambda c: c.users.list(page=2, page_size=5, order_by="createdAt", order_direction="ASC"),
        "GET",
        "/v3/external/agents/users",
        None,
        PAGE,
        PAGE,
        query="page=2&pageSize=5&orderBy=createdAt&orderDirection=ASC",
    ),
    "raia get_agent": Case(
        "raia", lambda c: c.agents.get(), "GET", "/v3/external/agents/by-api-key", None, AGENT, AGENT
    ),
    "raia get_agent for its webhooks": Case(
        "raia",
        lambda c: c.webhooks.list(),
        "GET",
        "/v3/external/agents/by-api-key",
        None,
        AGENT,
        AGENT["skills"][1]["webhooks"],
    ),
    "raia get_prompt_response": Case(
        "raia",
        lambda c: c.prompts.response("p1"),
        "GET",
        "/v3/external/prompts/p1/response-on",
        None,
        PROMPTED,
        PROMPTED,
    ),
    "raia get_prompt_response, not ready": Case(
        "raia", lambda c: c.prompts.response("p1"), "GET", "/v3/external/prompts/p1/response-on", None, None, None
    ),
    "raia create_webhook": Case(
        "raia",
        lambda c: c.webhooks.create("T", "D", "https://a.test/", "each_message", headers={"X-Secret": "hush"}),
        "POST",
        "/v3/external/agents/webhooks",
        {
            "title": "T",
            "description": "D",
            "url": "https://a.test/",
            "triggerCondition": "each_message",
            "headers": {"X-Secret": "hush"},
        },
        {"id": "w1", "headers": {"X-Secret": "hush", "X-Number": 1}},
        {"id": "w1", "headers": {"X-Secret": "hush", "X-Number": 1}},
        status=201,
    ),
    "raia create_webhook without headers": Case(
        "raia",
        lambda c: c.webhooks.create("T", "D", "https://a.test/", "manual"),
        "POST",
        "/v3/external/agents/webhooks",
        {"title": "T", "description": "D", "url": "https://a.test/", "triggerCondition": "manual"},
        {"id": "w1"},
        {"id": "w1"},
        status=201,
    ),
    "zild start_proactive_conversation": Case(
        "zild",
        lambda c: c.conversations.start_proactive(channel_id=1, recipient=["+55"], contact_ids=None),
        "POST",
        "/v3/api/Conversation/proactive-conversation",
        {"channelId": 1, "recipient": ["+55"], "contactIds": None},
        [{"id": 1, "from": "+49"}],
        [{"id": 1, "from": "+49"}],
    ),
}


@pytest.fixture(params=list(CASES.values()), ids=list(CASES))
def case(request: pytest.FixtureRequest) -> Case:
    return request.param


def test_operation(case: Case, caller: Caller) -> None:
    """Every operation sends what the document says, once, and returns what the answer holds."""
    answer = raw(b"", 204) if case.status == 204 else json(case.answer, case.status)
    result, (request,) = caller(case.vendor, case.call, answer)

    assert case.result == shown(result)
    assert (case.method, case.path) == (request.method, request.url.raw_path.decode().partition("?")[0])
    assert case.query == request.url.query.decode()
    assert case.body == (orjson.loads(request.content) if request.content else None)


@pytest.mark.parametrize(
    ("vendor", "header", "value"),
    [
        ("convocore", "Authorization", "Bearer the-secret"),
        ("raia", "Agent-Secret-Key", "the-secret"),
        ("zild", "Authorization", "Bearer the-secret"),
    ],
)
def test_credential(vendor: str, header: str, value: str, caller: Caller) -> None:
    """The credential travels in the header that the document names."""
    case = next(case for case in CASES.values() if case.vendor == vendor)
    _, (request,) = caller(vendor, case.call, json(case.answer))

    assert value == request.headers[header]


def test_create_sets_the_time(caller: Caller) -> None:
    """Convocore's required ``ts`` is now, in Unix seconds, unless it is given."""
    before = datetime.now(UTC).timestamp()
    _, (request,) = caller("convocore", lambda c: c.conversations.create("a1"), json(ENVELOPE))
    sent = orjson.loads(request.content)["conversation"]["ts"]

    assert int(before) <= sent <= datetime.now(UTC).timestamp()


def test_another_success(caller: Caller) -> None:
    """A 200 where the document says 201 is a success all the same."""
    result, _ = caller("raia", lambda c: c.messages.send("c1", "Hi"), json(MESSAGE, 200))

    assert "m1" == result.id

"""Faults of the behaviour: the mock's functions replaced at their seams, from outside."""

from __future__ import annotations

import contextlib
import copy
import functools
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import palaver_mock
from palaver_mock import Request, _core, _json
from palaver_mock._contract import Operation
from palaver_mock._exchange import Problem
from palaver_mock._mock import _VENDORS, _contract
from palaver_mock._schema import Schema
from palaver_mock._vendor import Call
from palaver_mock.convocore import routes as convocore_routes
from palaver_mock.convocore.state import State as ConvocoreState
from palaver_mock.raia import routes as raia_routes
from palaver_mock.raia.state import State as RaiaState
from palaver_mock.zild.state import State as ZildState
from tests.kill_rate.mutants import Faulty, Mutant, Site, document, few

Fire = Callable[[], None]
#: Puts a fault in place while its context lasts; calls what it is given whenever the fault makes a difference.
Fault = Callable[[Fire], AbstractContextManager[Any]]
#: An operation of the mock, around which a fault stands.
Next = Callable[[Any, Call], Any]
Around = Callable[[Next, Any, Call, Fire], Any]

#: The keywords of bodies that a careless server does not look at.
_KEYWORDS = ("required", "type", "enum", "maxLength", "minimum", "items")


@dataclass(frozen=True)
class BehaviourMutant(Mutant):
    """A fault of the behaviour."""

    kind = "behaviour"
    fault: Fault

    @contextlib.contextmanager
    def site(self) -> Iterator[Site]:
        """A mock that is made of the faulty parts."""
        site: Site | None = None

        def fire() -> None:
            if site is not None:
                site.fire()

        with self.fault(fire):
            site = Site(Faulty(self.vendor), document(self.vendor))
            yield site


def mutants() -> list[Mutant]:
    """All of them."""
    found: list[Mutant] = []
    for vendor in palaver_mock.VENDORS:
        found += few([*_credentials(vendor), *_validation(vendor), *_writes(vendor)])
    return [*found, *_convocore(), *_raia(), *_zild()]


# --- What all vendors have


def _operations(vendor: str) -> list[Operation]:
    return list(_contract(vendor).operations())


def _credentials(vendor: str) -> Iterator[Mutant]:
    names = tuple(operation.id for operation in _operations(vendor))

    def mutant(operator: str, operations: tuple[str, ...], change: str, read: Callable[..., int]) -> Mutant:
        def fault(fire: Fire) -> AbstractContextManager[Any]:
            before = _core._tenant

            def tenant(operation: Operation, brought: Any, request: Request) -> int:
                if operation.id not in operations:
                    return before(operation, brought, request)
                try:
                    expected = before(operation, brought, request)
                except Problem:
                    expected = None
                found = read(operation, request, functools.partial(before, operation, brought, request))
                if found != expected:
                    fire()
                return found

            return patch.object(_core, "_tenant", tenant)

        return BehaviourMutant(vendor, operator, operations, change, fault)

    def anybody(operation: Operation, request: Request, before: Callable[[], int]) -> int:
        return 0

    def any_key(operation: Operation, request: Request, before: Callable[[], int]) -> int:
        if operation.credential is None or operation.credential.read(request) is None:
            return before()
        return 0

    def mixed_up(operation: Operation, request: Request, before: Callable[[], int]) -> int:
        return min(before(), 0)

    yield mutant("no authentication", names, "every request is the first tenant's", anybody)
    yield mutant("any key", names, "whatever the key is", any_key)
    yield mutant("tenants mixed up", names, "the second tenant's key is taken for the first's", mixed_up)
    if len(names) > 1:
        for name in names:
            yield mutant("operation unguarded", (name,), "without a key", anybody)
            yield mutant("tenants mixed up", (name,), "the second tenant's key is taken for the first's", mixed_up)


def _validation(vendor: str) -> Iterator[Mutant]:
    components = _contract(vendor).document["components"]
    for operation in _operations(vendor):
        for media_type, schema in (operation.body.schemas if operation.body else {}).items():
            raw = _raw_body(vendor, operation, media_type)
            for keyword in _KEYWORDS:
                loose = Schema(_without(keyword, raw), _without(keyword, components))
                if _without(keyword, _reachable(components, raw)) != _reachable(components, raw):
                    yield BehaviourMutant(
                        vendor,
                        f"validation skipped: {keyword}",
                        (operation.id,),
                        "body",
                        functools.partial(_loosened, schema, loose),
                    )
        for parameter in operation.parameters:
            if parameter.place == "query":
                yield BehaviourMutant(
                    vendor,
                    "validation skipped: parameter",
                    (operation.id,),
                    parameter.name,
                    functools.partial(_unvalidated, operation.id, parameter.name),
                    equivalent="Every text is a valid value."
                    if parameter.name in {"searchKeyword", "userId"}
                    else None,
                )
        if operation.body is not None:
            yield BehaviourMutant(
                vendor,
                "validation skipped: media type",
                (operation.id,),
                "text/plain is read as JSON",
                functools.partial(_any_media_type, operation.id),
            )
            yield BehaviourMutant(
                vendor,
                "validation skipped: JSON",
                (operation.id,),
                "what is no JSON is taken for what the documented example says",
                functools.partial(_any_body, operation.id, _documented(vendor, operation)),
            )


def _raw_body(vendor: str, operation: Operation, media_type: str) -> Any:
    for item in _contract(vendor).document["paths"].values():
        for method in item.values():
            if isinstance(method, dict) and method.get("operationId") == operation.id:
                return method["requestBody"]["content"][media_type]["schema"]
    raise LookupError(operation.id)


def _documented(vendor: str, operation: Operation) -> Any:
    from tests.kill_rate.fields import requests

    return json.loads(requests(vendor)[operation.id][0].body)


def _without(keyword: str, node: Any) -> Any:
    """A schema without a keyword. Discriminating values stay, or no alternative would be told from another."""
    if isinstance(node, list):
        return [_without(keyword, each) for each in node]
    if not isinstance(node, dict):
        return node
    named = isinstance(node.get(keyword), (list, str, int)) or keyword == "items"
    dropped = {keyword, *(("maximum",) if keyword == "minimum" else ())} if named else set()
    if keyword == "enum" and len(node.get("enum", ())) == 1:
        dropped = set()
    return {
        key: (
            {name: _without(keyword, each) for name, each in value.items()}
            if key in {"properties", "schemas"}
            else _without(keyword, value)
        )
        for key, value in node.items()
        if key not in dropped
    }


def _reachable(components: dict[str, Any], node: Any, seen: frozenset[str] = frozenset()) -> Any:
    """A schema with everything that it refers to."""
    if isinstance(node, list):
        return [_reachable(components, each, seen) for each in node]
    if not isinstance(node, dict):
        return node
    reference = node.get("$ref")
    if isinstance(reference, str) and reference not in seen:
        return _reachable(components, components["schemas"][reference.rsplit("/", 1)[-1]], seen | {reference})
    return {key: _reachable(components, value, seen) for key, value in node.items() if key != "mapping"}


def _loosened(schema: Schema, loose: Schema, fire: Fire) -> AbstractContextManager[Any]:
    strict = schema.issues

    def issues(value: Any) -> Any:
        found = loose.issues(value)
        if bool(found) != bool(strict(value)):
            fire()
        return found

    return patch.object(schema, "issues", issues)


def _unvalidated(operation_id: str, name: str, fire: Fire) -> AbstractContextManager[Any]:
    """A wrong value of the parameter counts as none."""
    before = _core._parameters

    def parameters(operation: Operation, path_values: Any, query: bytes) -> dict[str, Any]:
        if operation.id != operation_id:
            return before(operation, path_values, query)
        try:
            return before(operation, path_values, query)
        except Problem:
            others = tuple(each for each in operation.parameters if each.name != name)
            found = before(replace(operation, parameters=others), path_values, query)
            fire()
            return found

    return patch.object(_core, "_parameters", parameters)


def _any_media_type(operation_id: str, fire: Fire) -> AbstractContextManager[Any]:
    before = _core._body

    def body(operation: Operation, request: Request) -> Any:
        try:
            return before(operation, request)
        except Problem as problem:
            if operation.id != operation_id or "media type" not in problem.message:
                raise
            found = before(operation, replace(request, headers=[(b"content-type", b"application/json")]))
            fire()
            return found

    return patch.object(_core, "_body", body)


def _any_body(operation_id: str, documented: Any, fire: Fire) -> AbstractContextManager[Any]:
    before = _core._body

    def body(operation: Operation, request: Request) -> Any:
        if operation.id == operation_id and "application/json" in request.header("content-type"):
            try:
                _json.decode(request.body)
            except ValueError:
                fire()
                return copy.deepcopy(documented)
        return before(operation, request)

    return patch.object(_core, "_body", body)


# --- Around one operation


def _mutant(
    vendor: str, operation: str, operator: str, change: str, around: Around, *, equivalent: str | None = None
) -> Mutant:
    return BehaviourMutant(
        vendor,
        operator,
        (operation,),
        change,
        functools.partial(_wrapped, vendor, operation, around),
        equivalent=equivalent,
    )


def _wrapped(vendor: str, operation: str, around: Around, fire: Fire) -> AbstractContextManager[Any]:
    handlers: Any = _VENDORS[vendor].handlers
    before = handlers[operation]
    return patch.dict(handlers, {operation: lambda state, call: around(before, state, call, fire)})


def _unkept(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    """The answer is as if it were done, and nothing is."""
    before = copy.deepcopy(state.memory)
    value = copy.deepcopy(proceed(state, call))
    state.memory = before
    fire()
    return value


def _body(edit: Callable[[dict[str, Any]], bool], inside: str | None = None) -> Around:
    """The operation with another body; `edit` says whether it has changed it."""

    def around(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
        body = copy.deepcopy(call.body)
        if edit(body[inside] if inside else body):
            fire()
        return proceed(state, replace(call, body=body))

    return around


def _lost(name: str) -> Callable[[dict[str, Any]], bool]:
    return lambda body: body.pop(name, body) is not body


def _changed(name: str, make: Callable[[Any], Any]) -> Callable[[dict[str, Any]], bool]:
    def edit(body: dict[str, Any]) -> bool:
        if not body.get(name):
            return False
        before, body[name] = body[name], make(body[name])
        return bool(body[name] != before)

    return edit


def _ignored(name: str) -> Around:
    """A query parameter that counts for nothing."""

    def around(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
        if name not in call.parameters:
            return proceed(state, call)
        expected = copy.deepcopy(proceed(state, call))
        others = {key: value for key, value in call.parameters.items() if key != name}
        found = proceed(state, replace(call, parameters=others))
        if found != expected:
            fire()
        return found

    return around


def _asked(name: str, make: Callable[[Any], Any]) -> Around:
    """A query parameter that is taken for another value."""

    def around(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
        made = make(call.parameters.get(name))
        if made is None:
            return proceed(state, call)
        expected = copy.deepcopy(proceed(state, call))
        found = proceed(state, replace(call, parameters={**call.parameters, name: made}))
        if found != expected:
            fire()
        return found

    return around


def _told(edit: Callable[[Any], Any]) -> Around:
    """Another answer; the state stays as it is."""

    def around(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
        value = proceed(state, call)
        found = edit(copy.deepcopy(value))
        if found != value:
            fire()
        return found

    return around


def _set(**fields: Any) -> Callable[[Any], Any]:
    return lambda value: {**value, **fields}


def _before(edit: Callable[[Any, Call], bool]) -> Around:
    """Something happens to the state before."""

    def around(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
        if edit(state, call):
            fire()
        return proceed(state, call)

    return around


def _after(edit: Callable[[Any, Call, Any], bool]) -> Around:
    """Something happens to the state after, with what is answered."""

    def around(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
        value = copy.deepcopy(proceed(state, call))
        if edit(state, call, value):
            fire()
        return value

    return around


def _missing(answer: Callable[[Any, Call], Any]) -> Around:
    """What is not there is answered as if it were."""

    def around(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
        try:
            return proceed(state, call)
        except Problem as problem:
            if problem.status != 404:
                raise
            fire()
            return answer(state, call)

    return around


def _method(owner: Any, name: str, make: Callable[[Callable[..., Any], Fire], Callable[..., Any]]) -> Fault:
    return lambda fire: patch.object(owner, name, make(getattr(owner, name), fire))


def _writes(vendor: str) -> Iterator[Mutant]:
    for operation, kind in _WRITES[vendor].items():
        yield _mutant(vendor, operation, f"{kind} not persisted", "the answer alone has it", _unkept)
    for operation, (inside, names) in _STORED[vendor].items():
        for name in names:
            yield _mutant(vendor, operation, "field not stored", name, _body(_lost(name), inside))
    for operation, (inside, names) in _TEXTS[vendor].items():
        for name in names:
            for change, make in _NORMAL.items():
                yield _mutant(
                    vendor, operation, "field normalised", f"{name}: {change}", _body(_changed(name, make), inside)
                )
    for operation, (inside, names) in _LISTS[vendor].items():
        for name in names:
            for change, remake in _RELISTED.items():
                yield _mutant(
                    vendor, operation, "list changed", f"{name}: {change}", _body(_changed(name, remake), inside)
                )


_WRITES: dict[str, dict[str, str]] = {
    "convocore": {"create_conversation": "create", "update_conversation": "update"},
    "raia": {
        "create_conversation": "create",
        "start_conversation": "create",
        "delete_conversations": "delete",
        "update_conversation": "update",
        "set_conversation_mode": "update",
        "send_message": "create",
        "send_message_async": "create",
        "send_manual_message": "create",
    },
    "zild": {"start_proactive_conversation": "create"},
}
_STORED: dict[str, dict[str, tuple[str | None, tuple[str, ...]]]] = {
    "convocore": {
        "create_conversation": (
            "conversation",
            ("userName", "tags", "state", "vapi", "leadScore", "isTest", "handoffHistory", "userID", "lang", "origin"),
        ),
        "update_conversation": (
            "conversation",
            ("userEmail", "tags", "state", "voice", "ratingFrom5", "isBlocked", "ts", "title", "userID", "metrics"),
        ),
    },
    "raia": {
        "create_conversation": (None, ("title", "customData", "conversationStateId")),
        "update_conversation": (None, ("title", "conversationStateId")),
        "set_conversation_mode": (None, ("mode",)),
        "start_conversation": (
            None,
            ("customData", "conversationStateId", "context", "source", "fkId", "fkUserId", "emailSubject"),
        ),
        "send_message": (None, ("files",)),
        "send_message_async": (None, ("files",)),
        "send_manual_message": (None, ("files", "conversationMessageId")),
    },
    "zild": {
        "start_proactive_conversation": (
            None,
            (
                "channelId",
                "botId",
                "recipient",
                "liveAgent",
                "conversationTemplateId",
                "counterpartUserId",
                "userId",
                "queueId",
                "contentVariables",
                "accountIds",
                "contactIds",
                "conversationIntegrationType",
            ),
        )
    },
}
_TEXTS: dict[str, dict[str, tuple[str | None, tuple[str, ...]]]] = {
    "convocore": {
        "create_conversation": ("conversation", ("userName",)),
        "update_conversation": ("conversation", ("userEmail",)),
    },
    "raia": {
        "create_conversation": (None, ("title",)),
        "update_conversation": (None, ("title",)),
        "start_conversation": (None, ("firstName",)),
        "send_message": (None, ("message",)),
        "send_message_async": (None, ("message",)),
        "send_manual_message": (None, ("message",)),
    },
    "zild": {},
}
_LISTS: dict[str, dict[str, tuple[str | None, tuple[str, ...]]]] = {
    "convocore": {
        "create_conversation": ("conversation", ("tags",)),
        "update_conversation": ("conversation", ("tags",)),
    },
    "raia": {"send_message": (None, ("files",))},
    "zild": {"start_proactive_conversation": (None, ("recipient", "contactIds"))},
}
_NORMAL: dict[str, Callable[[str], str]] = {
    "lower case": str.lower,
    "stripped": str.strip,
    "cut to 20 characters": lambda text: text[:20],
}
_RELISTED: dict[str, Callable[[list[Any]], list[Any]]] = {
    "deduplicated": lambda items: [item for index, item in enumerate(items) if item not in items[:index]],
    "reversed": lambda items: items[::-1],
    "the first alone": lambda items: items[:1],
}


# --- Convocore


def _convocore() -> Iterator[Mutant]:
    mutant = functools.partial(_mutant, "convocore")

    def data(value: Any, **fields: Any) -> Any:
        return {**value, "data": {**value["data"], **fields}}

    yield mutant(
        "create_conversation",
        "returned id is not the stored one",
        "ID",
        _told(lambda value: data(value, ID=value["data"]["ID"] + "0")),
    )
    yield mutant(
        "create_conversation",
        "wrong default",
        "userID is empty",
        _after(
            lambda state, call, value: (
                False if "userID" in call.body["conversation"] else _store(state, call, value, userID="")
            )
        ),
    )
    yield mutant(
        "create_conversation",
        "wrong default",
        "messagesNum is 0",
        _body(lambda body: body.setdefault("messagesNum", 0) == 0, "conversation"),
    )
    yield mutant(
        "create_conversation",
        "wrong default",
        "state is ai-chatting",
        _body(lambda body: body.setdefault("state", "ai-chatting") == "ai-chatting", "conversation"),
    )
    yield mutant(
        "create_conversation",
        "wrong value",
        "ts is the server's time",
        _body(lambda body: body.update(ts=1) is None, "conversation"),
    )
    yield mutant("create_conversation", "message wrong", "names no id", _told(_set(message="Successfully created")))
    yield mutant("get_conversation", "message wrong", "another sentence", _told(_set(message="OK")))
    yield mutant("create_conversation", "success wrong", "false", _told(_set(success=False)))
    yield mutant("update_conversation", "success wrong", "false", _told(_set(success=False)))
    yield mutant(
        "create_conversation",
        "child on a missing parent",
        "makes the agent",
        _before(_new_agent),
    )
    yield mutant("update_conversation", "child on a missing parent", "makes the conversation", _missing(_upsert))
    yield mutant(
        "get_conversation",
        "missing answered",
        "an empty conversation",
        _missing(lambda state, call: {"success": True, "message": "Conversation retrieved successfully", "data": {}}),
    )
    yield mutant("update_conversation", "PATCH resets other fields", "all of them", _before(_reset_others))
    yield mutant("update_conversation", "PATCH resets other fields", "notes alone", _before(_reset_notes))
    yield mutant("update_conversation", "nested object merged", "deep", _body_with_state(_deep))
    yield mutant("update_conversation", "list appended", "tags", _body_with_state(_append_tags))
    yield mutant(
        "update_conversation", "cross-parent leak", "changes all conversations of the agent", _after(_write_all)
    )
    yield mutant("update_conversation", "not idempotent", "title grows with every repetition", _body_with_state(_grow))
    yield mutant("update_conversation", "stale answer", "as it was before", _stale)
    names = ("create_conversation", "get_conversation", "update_conversation")

    def whole(operator: str, operations: tuple[str, ...], change: str, fault: Fault) -> Mutant:
        return BehaviourMutant("convocore", operator, operations, change, fault)

    yield whole(
        "timestamp not updated",
        ("update_conversation",),
        "lastModified stays",
        _method(ConvocoreState, "update", _frozen_update),
    )
    yield whole(
        "timestamp moves always",
        ("update_conversation",),
        "lastModified moves without a change",
        _method(ConvocoreState, "update", _restless_update),
    )
    yield whole("server's field written", ("update_conversation",), "lastModified", _writable("lastModified"))
    yield whole("server's field written", ("create_conversation", "update_conversation"), "ID", _writable("ID"))
    yield whole("server's field written", ("create_conversation",), "countryCode", _writable("countryCode"))
    yield whole(
        "id not unique", ("create_conversation",), "always the same", _method(ConvocoreState, "create", _same_id)
    )
    yield whole(
        "cross-parent leak",
        names,
        "another account's agent is let in",
        lambda fire: patch.object(convocore_routes, "_own_agent", lambda state, call: _unowned(state, call, fire)),
    )
    yield whole(
        "cross-parent leak",
        ("get_conversation", "update_conversation"),
        "agents share conversations",
        lambda fire: patch.object(
            convocore_routes, "_own_conversation", lambda state, call: _shared(state, call, fire)
        ),
    )


def _store(state: Any, call: Call, value: Any, **fields: Any) -> bool:
    state.memory.agents[call.parameters["agentId"]].conversations[value["data"]["ID"]] |= fields
    value["data"] |= fields
    return True


def _new_agent(state: Any, call: Call) -> bool:
    from palaver_mock.convocore.state import Agent

    agent_id = call.parameters["agentId"]
    if agent_id in state.memory.agents:
        return False
    state.memory.agents[agent_id] = Agent(call.tenant)
    return True


def _upsert(state: Any, call: Call) -> Any:
    conversation_id = call.parameters["conversationId"]
    conversation = {"ID": conversation_id, "userID": conversation_id, "ts": 1, "lastModified": 1}
    conversation |= {name: value for name, value in call.body["conversation"].items() if name not in conversation}
    agent = state.memory.agents.get(call.parameters["agentId"])
    if agent is not None:
        agent.conversations[conversation_id] = conversation
    return {"success": True, "message": "Conversation updated successfully", "data": conversation}


def _conversation(state: Any, call: Call) -> dict[str, Any] | None:
    agent = state.memory.agents.get(call.parameters["agentId"])
    return None if agent is None else agent.conversations.get(call.parameters["conversationId"])


def _reset_others(state: Any, call: Call) -> bool:
    conversation = _conversation(state, call)
    if conversation is None:
        return False
    kept = {"ID", "userID", "ts", "lastModified"}
    lost = conversation.keys() - kept - call.body["conversation"].keys()
    for name in lost:
        del conversation[name]
    return bool(lost)


def _reset_notes(state: Any, call: Call) -> bool:
    conversation = _conversation(state, call)
    if conversation is None or "notes" in call.body["conversation"]:
        return False
    return conversation.pop("notes", None) is not None


def _body_with_state(edit: Callable[[dict[str, Any], dict[str, Any]], bool]) -> Around:
    """The operation with another body, made with what is stored."""

    def around(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
        body, stored = copy.deepcopy(call.body), _conversation(state, call)
        if stored is not None and edit(body["conversation"], stored):
            fire()
        return proceed(state, replace(call, body=body))

    return around


def _deep(body: dict[str, Any], stored: dict[str, Any]) -> bool:
    changed = False
    for name, value in body.items():
        before = stored.get(name)
        if isinstance(value, dict) and isinstance(before, dict):
            body[name] = {**before, **value}
            changed |= body[name] != value
    return changed


def _append_tags(body: dict[str, Any], stored: dict[str, Any]) -> bool:
    if not body.get("tags") or not stored.get("tags"):
        return False
    body["tags"] = stored["tags"] + body["tags"]
    return True


def _grow(body: dict[str, Any], stored: dict[str, Any]) -> bool:
    if not body.get("title") or body["title"] != stored.get("title"):
        return False
    body["title"] *= 2
    return True


def _write_all(state: Any, call: Call, value: Any) -> bool:
    conversations = state.memory.agents[call.parameters["agentId"]].conversations
    others = [each for each in conversations.values() if each["ID"] != value["data"]["ID"]]
    names = call.body["conversation"].keys() & {"userName", "title", "notes", "tags"}
    written = {name: call.body["conversation"][name] for name in names}
    for other in others:
        other.update(written)
    return bool(others and written)


def _stale(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    before = copy.deepcopy(_conversation(state, call))
    value = proceed(state, call)
    if before != value["data"]:
        fire()
    return {**value, "data": before}


def _frozen_update(before: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
    def update(self: Any, conversation: dict[str, Any], fields: Any) -> None:
        modified = conversation["lastModified"]
        before(self, conversation, fields)
        if conversation["lastModified"] != modified:
            fire()
        conversation["lastModified"] = modified

    return update


def _restless_update(before: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
    def update(self: Any, conversation: dict[str, Any], fields: Any) -> None:
        before(self, conversation, fields)
        if conversation["lastModified"] != self._now():
            fire()
        conversation["lastModified"] = self._now()

    return update


def _writable(name: str) -> Fault:
    def make(before: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
        def written(self: Any, fields: dict[str, Any]) -> dict[str, Any]:
            found = before(self, fields)
            if name in fields:
                fire()
                found[name] = fields[name]
            return found

        return written

    def make_update(before: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
        def update(self: Any, conversation: dict[str, Any], fields: dict[str, Any]) -> None:
            before(self, conversation, fields)
            if name in fields:
                conversation[name] = fields[name]

        return update

    @contextlib.contextmanager
    def fault(fire: Fire) -> Iterator[None]:
        with (
            patch.object(ConvocoreState, "_written", make(ConvocoreState._written, fire)),
            patch.object(ConvocoreState, "update", make_update(ConvocoreState.update, fire)),
        ):
            yield

    return fault


def _same_id(before: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
    def create(self: Any, agent_id: str, fields: Any) -> Any:
        conversation = before(self, agent_id, fields)
        conversations = self.memory.agents[agent_id].conversations
        if f"{agent_id}_1" in conversations:
            fire()
        del conversations[conversation["ID"]]
        conversation["ID"] = f"{agent_id}_1"
        conversations[conversation["ID"]] = conversation
        return conversation

    return create


def _unowned(state: Any, call: Call, fire: Fire) -> Any:
    agent = state.memory.agents.get(call.parameters["agentId"])
    if agent is None:
        raise Problem(404, "Agent not found")
    if agent.owner != call.tenant:
        fire()
    return agent


def _shared(state: Any, call: Call, fire: Fire) -> dict[str, Any]:
    own = convocore_routes._own_agent(state, call)
    for agent in state.memory.agents.values():
        conversation = agent.conversations.get(call.parameters["conversationId"])
        if conversation is not None:
            if agent is not own:
                fire()
            return conversation  # type: ignore[no-any-return]
    raise Problem(404, "Conversation not found")


# --- raia


def _raia() -> Iterator[Mutant]:
    mutant = functools.partial(_mutant, "raia")
    listing = functools.partial(mutant, "list_conversations")
    for name in ("page", "pageSize", "orderBy", "orderDirection"):
        yield listing("parameter ignored", name, _ignored(name))
    for name in ("searchKeyword", "userId", "startDate", "endDate", "withFeedbacksOnly"):
        yield listing("filter ignored", name, _ignored(name))
    yield mutant("list_messages", "parameter ignored", "orderDirection", _ignored("orderDirection"))
    yield mutant("list_messages", "parameter ignored", "shouldIncludeFeedbacks", _ignored("shouldIncludeFeedbacks"))
    yield listing("page off by one", "the next page", _asked("page", lambda page: (page or 1) + 1))
    yield listing(
        "page off by one", "counted from 0", _asked("page", lambda page: page - 1 if page and page > 1 else None)
    )
    yield listing("page too large", "one more than asked", _oversize)
    yield listing("page too small", "one fewer than asked", _undersize)
    yield listing("wrong default", "pages of 20", _asked("pageSize", lambda size: None if size else 20))
    yield listing(
        "wrong default", "ascending", _asked("orderDirection", lambda direction: None if direction else "ASC")
    )
    yield listing(
        "wrong default", "ordered by createdAt", _asked("orderBy", lambda date: None if date else "createdAt")
    )
    yield listing("order reversed", "of the page", _told(lambda page: {**page, "data": page["data"][::-1]}))
    yield mutant(
        "list_messages", "order reversed", "always", _told(lambda value: {"messages": value["messages"][::-1]})
    )
    yield listing("total wrong", "of this page alone", _told(lambda page: {**page, "totalItems": len(page["data"])}))
    yield listing("total wrong", "one more", _told(lambda page: {**page, "totalItems": page["totalItems"] + 1}))
    yield listing(
        "total wrong",
        "pages rounded down",
        _told(lambda page: {**page, "totalPages": page["totalItems"] // page["pageSize"]}),
    )
    yield listing("hasNextPage wrong", "never", _told(_set(hasNextPage=False)))
    yield listing(
        "hasNextPage wrong",
        "also on the last page",
        _told(lambda page: {**page, "hasNextPage": page["currentPage"] <= page["totalPages"]}),
    )
    yield listing("hasPreviousPage wrong", "never", _told(_set(hasPreviousPage=False)))
    yield listing("currentPage wrong", "always 1", _told(_set(currentPage=1)))
    yield listing("pageSize wrong", "items of this page", _told(lambda page: {**page, "pageSize": len(page["data"])}))
    yield listing("filter wrong", "keyword in its case", _keyword_in_case)
    yield listing("filter wrong", "keyword not in the user's email", _keyword_without_user)
    yield listing("filter wrong", "dates by createdAt", _by_creation)
    yield listing("filter wrong", "endDate excluded", _exclusive)
    yield listing("deleted still listed", "in the list", _ghosts)
    yield listing(
        "feedbacks wrong",
        "none",
        _told(lambda page: {**page, "data": [{**each, "feedbacks": []} for each in page["data"]]}),
    )
    yield mutant("get_conversation", "feedbacks wrong", "none", _told(_set(feedbacks=[])))
    yield mutant(
        "list_messages",
        "feedbacks wrong",
        "none though asked for",
        _told(
            lambda value: {
                "messages": [
                    each | {"conversationMessageFeedbacks": []} if "conversationMessageFeedbacks" in each else each
                    for each in value["messages"]
                ]
            }
        ),
    )

    yield mutant(
        "create_conversation",
        "returned id is not the stored one",
        "id",
        _told(lambda value: {**value, "id": value["id"][::-1]}),
    )
    yield mutant(
        "start_conversation",
        "returned id is not the stored one",
        "conversationId",
        _told(lambda value: {"conversationId": value["conversationId"][::-1]}),
    )
    yield mutant(
        "send_message_async",
        "returned id is not the stored one",
        "id",
        _told(lambda value: {**value, "id": value["id"][::-1]}),
    )
    yield mutant("create_conversation", "wrong default", "mode is manual", _after(_with_mode))
    yield mutant(
        "create_conversation",
        "wrong default",
        "title is New",
        _body(lambda body: body.setdefault("title", "New") == "New"),
    )
    yield mutant(
        "create_conversation",
        "wrong default",
        "isAnonymized is true",
        _after(lambda state, call, value: _raia_store(state, call, value, isAnonymized=True)),
    )
    yield mutant(
        "create_conversation",
        "wrong value",
        "the conversation of another user",
        _body(lambda body: body.update(conversationUserId=body["conversationUserId"] + "0") is None),
    )
    yield mutant("create_conversation", "not created anew", "one conversation for each user", _one_for_each_user)
    yield mutant("start_conversation", "not created anew", "goes on in the user's latest", _goes_on)
    yield mutant("start_conversation", "first message missing", "no message", _after(_silent_start))
    yield mutant("start_conversation", "wrong value", "the source of messages is api", _after(_api_source))
    yield mutant("start_conversation", "user not updated", "the names given first stay", _first_names_stay)
    yield mutant("start_conversation", "user duplicated", "a new one every time", _forget_addresses)

    yield mutant("update_conversation", "PUT resets other fields", "title and metadata", _put_resets)
    yield mutant(
        "update_conversation",
        "PUT resets other fields",
        "mode",
        _before(lambda state, call: _raia_set(state, call, mode="ai")),
    )
    yield mutant("update_conversation", "not idempotent", "title grows with every repetition", _raia_grow)
    yield mutant(
        "update_conversation", "cross-parent leak", "changes all conversations of the user", _after(_retitle_all)
    )
    yield mutant("update_conversation", "stale answer", "as it was before", _raia_stale)
    yield mutant("set_conversation_mode", "stale answer", "as it was before", _raia_stale)
    yield mutant(
        "set_conversation_mode",
        "mode inverted",
        "ai for manual",
        _body(lambda body: "mode" in body and body.update(mode="ai" if body["mode"] == "manual" else "manual") is None),
    )
    yield mutant(
        "set_conversation_mode",
        "wrong default",
        "a body without mode sets ai",
        _body(lambda body: "mode" not in body and body.update(mode="ai") is None),
    )
    yield mutant("set_conversation_mode", "cross-parent leak", "changes all conversations", _after(_mode_of_all))
    for operation in (
        "update_conversation",
        "set_conversation_mode",
        "send_message",
        "send_message_async",
        "send_manual_message",
    ):
        yield mutant(operation, "timestamp not updated", "updatedAt stays", _untouched)
    yield mutant(
        "update_conversation",
        "wrong value",
        "createdAt moves too",
        _after(lambda state, call, value: _raia_store(state, call, value, createdAt=value["updatedAt"])),
    )

    yield mutant("delete_conversations", "delete cascades", "conversations of all users", _delete_all)
    yield mutant("delete_conversations", "delete cascades", "the other agent's too", _delete_everywhere)
    yield mutant("delete_conversations", "delete incomplete", "the first alone", _delete_first)
    yield mutant("delete_conversations", "second delete refused", "404 when there are none", _delete_needs_some)
    yield mutant("get_conversation", "deleted still there", "found by its id", _found_again)
    yield mutant(
        "list_messages",
        "deleted still there",
        "its messages are listed",
        _missing(lambda state, call: {"messages": []}),
    )

    for operation in ("send_message", "send_message_async"):
        yield mutant(operation, "child on a missing parent", "makes the conversation", _raia_upsert)
    yield mutant("send_manual_message", "child on a missing parent", "makes the conversation", _raia_upsert_manual)
    yield mutant("send_manual_message", "closed state accepts writes", "in AI mode", _manual_always)
    yield mutant("send_manual_message", "closed state accepts writes", "in voice conversations", _manual_by_voice)
    yield mutant("send_manual_message", "wrong value", "senderRole is assistant", _after(_as_assistant))
    yield mutant("send_message", "wrong value", "answers the question itself in AI mode", _question_back)
    yield mutant("send_message", "wrong value", "the AI answers in manual mode", _ai_always)
    yield mutant("send_message", "wrong value", "the answer names no question", _after(_orphaned))
    yield mutant("send_message", "duplicated", "the question is stored twice", _after(_twice))
    yield mutant("send_message_async", "wrong value", "answered at once", _answered_at_once)
    yield mutant(
        "get_message_response",
        "lifecycle",
        "never completed",
        _told(lambda value: {"status": "pending", "message": None, "error": None}),
    )
    yield mutant("get_message_response", "lifecycle", "completed without a message", _told(_set(message=None)))
    yield mutant("get_message_response", "lifecycle", "pending with the message", _told(_set(status="pending")))
    yield mutant(
        "get_message_response",
        "lifecycle",
        "failed",
        _told(lambda value: {**value, "status": "failed", "message": None, "error": "It failed."}),
    )
    yield mutant("get_message_response", "lifecycle", "a new answer with every poll", _answer_again)
    yield mutant("get_message_response", "cross-parent leak", "a message of any conversation", _any_message)
    yield mutant(
        "get_message_response",
        "missing answered",
        "an unknown message is pending",
        _missing(lambda state, call: {"status": "pending", "message": None, "error": None}),
    )
    yield mutant("get_conversation", "cross-parent leak", "another agent's conversation", _any_agent)
    yield mutant("update_conversation", "cross-parent leak", "another agent's conversation", _any_agent)
    yield mutant("list_conversations", "cross-parent leak", "all agents' conversations", _all_agents)
    yield mutant("list_conversation_states", "cross-parent leak", "the other agent's states", _other_states)
    yield mutant("list_conversation_states", "list incomplete", "the first alone", _told(lambda states: states[:1]))
    yield mutant("list_messages", "cross-parent leak", "messages of all conversations", _all_messages)
    yield mutant(
        "list_messages", "list incomplete", "ten at most", _told(lambda value: {"messages": value["messages"][:10]})
    )
    yield mutant(
        "list_messages",
        "list incomplete",
        "without the latest",
        _told(lambda value: {"messages": value["messages"][:-1]}),
    )

    def whole(operator: str, operations: tuple[str, ...], change: str, fault: Fault) -> Mutant:
        return BehaviourMutant("raia", operator, operations, change, fault)

    yield whole("wrong value", ("send_message",), "the reply is empty", _method(RaiaState, "reply", _empty_reply))
    yield whole(
        "id not unique", ("create_conversation",), "always the same", _method(RaiaState, "create", _raia_same_id)
    )


def _raia_store(state: Any, call: Call, value: Any, **fields: Any) -> bool:
    stored = state.memory.agents[call.tenant].conversations[value["id"]].shown
    changed = any(stored.get(name) != each for name, each in fields.items())
    stored |= fields
    value |= fields
    return changed


def _raia_found(state: Any, call: Call) -> Any:
    return state.memory.agents[call.tenant].conversations.get(call.parameters["conversationId"])


def _raia_set(state: Any, call: Call, **fields: Any) -> bool:
    found = _raia_found(state, call)
    if found is None or all(found.shown.get(name) == value for name, value in fields.items()):
        return False
    found.shown |= fields
    return True


def _oversize(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    page = proceed(state, call)
    found = proceed(state, replace(call, parameters={**call.parameters, "page": 1, "pageSize": 10**6}))["data"]
    start = (page["currentPage"] - 1) * page["pageSize"]
    if len(found) <= start + page["pageSize"]:
        return page
    fire()
    return {**page, "data": found[start : start + page["pageSize"] + 1]}


def _undersize(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    page = proceed(state, call)
    if len(page["data"]) < max(2, page["pageSize"]):
        return page
    fire()
    return {**page, "data": page["data"][:-1]}


def _keyword_in_case(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    class Exact(str):
        __slots__ = ()

        def casefold(self) -> str:
            return str(self)

    if "searchKeyword" not in call.parameters:
        return proceed(state, call)
    expected = proceed(state, call)
    exact = replace(call, parameters={**call.parameters, "searchKeyword": Exact(call.parameters["searchKeyword"])})
    found = proceed(state, exact)
    if found != expected:
        fire()
    return found


def _keyword_without_user(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    page = proceed(state, call)
    keyword = call.parameters.get("searchKeyword", "").casefold()
    if not keyword:
        return page
    agent = state.memory.agents[call.tenant]
    hidden = copy.deepcopy(state.memory)
    for conversation in agent.conversations.values():
        conversation.user.pop("email", None)
    for user in agent.users.values():
        user.pop("email", None)
    found = copy.deepcopy(proceed(state, call))
    state.memory = hidden
    kept = [each for each in page["data"] if each["id"] in {other["id"] for other in found["data"]}]
    if found["totalItems"] != page["totalItems"]:
        fire()
    return {**found, "data": kept}


def _by_creation(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    expected = copy.deepcopy(proceed(state, call))

    def between(agent: Any, start: Any, end: Any) -> Any:
        return [
            each
            for each in agent.conversations.values()
            if (start is None or start <= raia_routes.instant(each.shown["createdAt"]))
            and (end is None or raia_routes.instant(each.shown["createdAt"]) <= end)
        ]

    with patch.object(raia_routes, "_between", between):
        found = proceed(state, call)
    if found != expected:
        fire()
    return found


def _exclusive(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    expected = copy.deepcopy(proceed(state, call))
    before = raia_routes._between

    def between(agent: Any, start: Any, end: Any) -> Any:
        return before(agent, start, end and end - timedelta(milliseconds=1))

    with patch.object(raia_routes, "_between", between):
        found = proceed(state, call)
    if found != expected:
        fire()
    return found


def _ghosts(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    """Whatever was listed once is listed for ever."""
    agent = state.memory.agents[call.tenant]
    ghosts = state.__dict__.setdefault("palaver_ghosts", {}).setdefault(call.tenant, {})
    back = {key: each for key, each in ghosts.items() if key not in agent.conversations}
    ghosts |= agent.conversations
    expected = copy.deepcopy(proceed(state, call)) if back else None
    agent.conversations.update(back)
    try:
        found = copy.deepcopy(proceed(state, call))
    finally:
        for key in back:
            del agent.conversations[key]
    if back and found != expected:
        fire()
    return found


def _with_mode(state: Any, call: Call, value: Any) -> bool:
    return _raia_store(state, call, value, mode="manual")


def _one_for_each_user(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    for conversation in state.memory.agents[call.tenant].conversations.values():
        if conversation.user["id"] == call.body["conversationUserId"]:
            fire()
            return raia_routes._shown(conversation)
    return proceed(state, call)


def _goes_on(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    value = proceed(state, call)
    conversations = state.memory.agents[call.tenant].conversations
    user = conversations[value["conversationId"]].user
    for conversation in conversations.values():
        if conversation.user is user and conversation.id != value["conversationId"]:
            fire()
            del conversations[value["conversationId"]]
            return {"conversationId": conversation.id}
    return value


def _silent_start(state: Any, call: Call, value: Any) -> bool:
    state.memory.agents[call.tenant].conversations[value["conversationId"]].messages.clear()
    return True


def _api_source(state: Any, call: Call, value: Any) -> bool:
    for message in state.memory.agents[call.tenant].conversations[value["conversationId"]].messages.values():
        message.shown["source"] = "api"
    return True


def _first_names_stay(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    agent = state.memory.agents[call.tenant]
    address = call.body["email" if call.body["channel"] == "email" else "phoneNumber"]
    known = dict(agent.users.get(agent.addresses.get(address, ""), {}))
    value = proceed(state, call)
    user = agent.users[agent.addresses[address]]
    if any(user[name] != each for name, each in known.items()):
        fire()
        user |= known
    return value


def _forget_addresses(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    addresses = state.memory.agents[call.tenant].addresses
    if call.body["email" if call.body["channel"] == "email" else "phoneNumber"] in addresses:
        fire()
    addresses.clear()
    return proceed(state, call)


def _put_resets(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    found = _raia_found(state, call)
    for name in ("title", "metadata", "conversationStateId"):
        if found is not None and name not in call.body and name in found.shown:
            del found.shown[name]
            fire()
    return proceed(state, call)


def _raia_grow(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    found = _raia_found(state, call)
    title = call.body.get("title")
    if found is None or not title or found.shown.get("title") != title:
        return proceed(state, call)
    fire()
    return proceed(state, replace(call, body={**call.body, "title": title * 2}))


def _retitle_all(state: Any, call: Call, value: Any) -> bool:
    done = False
    for conversation in state.memory.agents[call.tenant].conversations.values():
        if "title" in call.body and conversation.user["id"] == value["conversationUserId"]:
            done |= conversation.shown.get("title") != call.body["title"]
            conversation.shown["title"] = call.body["title"]
    return done


def _raia_stale(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    found = _raia_found(state, call)
    before = None if found is None else copy.deepcopy(raia_routes._shown(found))
    value = proceed(state, call)
    if value != before:
        fire()
    return before


def _mode_of_all(state: Any, call: Call, value: Any) -> bool:
    done = False
    for conversation in state.memory.agents[call.tenant].conversations.values():
        done |= conversation.shown["mode"] != value["mode"]
        conversation.shown["mode"] = value["mode"]
    return done


def _untouched(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    found = _raia_found(state, call)
    before = None if found is None else found.shown["updatedAt"]
    value = copy.deepcopy(proceed(state, call))
    if found is not None and found.shown["updatedAt"] != before:
        fire()
        found.shown["updatedAt"] = before
        if "updatedAt" in value:
            value["updatedAt"] = before
    return value


def _delete_all(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    proceed(state, call)
    conversations = state.memory.agents[call.tenant].conversations
    if conversations:
        fire()
    conversations.clear()


def _delete_everywhere(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    for tenant, agent in enumerate(state.memory.agents):
        before = len(agent.conversations)
        proceed(state, replace(call, tenant=tenant))
        if tenant != call.tenant and len(agent.conversations) != before:
            fire()


def _delete_first(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    conversations = state.memory.agents[call.tenant].conversations
    user_id = call.body["conversationUserId"]
    doomed = [each.id for each in conversations.values() if each.user["id"] == user_id]
    if len(doomed) > 1:
        fire()
    for key in doomed[:1]:
        del conversations[key]


def _delete_needs_some(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    conversations = state.memory.agents[call.tenant].conversations
    if not any(each.user["id"] == call.body["conversationUserId"] for each in conversations.values()):
        fire()
        raise Problem(404, "There is no such conversation.")
    return proceed(state, call)


def _found_again(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    """Whatever was got once can be got for ever."""
    seen = state.__dict__.setdefault("palaver_seen", {})
    key = call.tenant, call.parameters["conversationId"]
    try:
        value = proceed(state, call)
    except Problem:
        if key not in seen:
            raise
        fire()
        return seen[key]
    seen[key] = copy.deepcopy(value)
    return value


def _raia_upsert(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    if _raia_found(state, call) is None:
        fire()
        agent = state.memory.agents[call.tenant]
        state.create(agent, state.known_user(agent, "new"), {"id": call.parameters["conversationId"]})
    return proceed(state, call)


def _raia_upsert_manual(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    if _raia_found(state, call) is None:
        fire()
        agent = state.memory.agents[call.tenant]
        fields = {"id": call.parameters["conversationId"], "mode": "manual"}
        state.create(agent, state.known_user(agent, "new"), fields)
    return proceed(state, call)


def _manual_always(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    found = _raia_found(state, call)
    if found is None or found.shown["mode"] == "manual":
        return proceed(state, call)
    fire()
    found.shown["mode"] = "manual"
    try:
        return copy.deepcopy(proceed(state, call))
    finally:
        found.shown["mode"] = "ai"


def _manual_by_voice(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    found = _raia_found(state, call)
    if found is None or found.source != "voice" or found.shown["mode"] != "manual":
        return proceed(state, call)
    fire()
    found.source = "api"
    try:
        return copy.deepcopy(proceed(state, call))
    finally:
        found.source = "voice"


def _as_assistant(state: Any, call: Call, value: Any) -> bool:
    _raia_found(state, call).messages[value["id"]].shown["senderRole"] = value["senderRole"] = "assistant"
    return True


def _question_back(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    found = _raia_found(state, call)
    value = proceed(state, call)
    if value["senderRole"] != "assistant":
        return value
    fire()
    return found.messages[value["conversationMessageId"]].shown


def _ai_always(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    found = _raia_found(state, call)
    if found is None or found.shown["mode"] == "ai":
        return proceed(state, call)
    fire()
    found.shown["mode"] = "ai"
    try:
        return copy.deepcopy(proceed(state, call))
    finally:
        found.shown["mode"] = "manual"


def _orphaned(state: Any, call: Call, value: Any) -> bool:
    if value["conversationMessageId"] == value["id"]:
        return False
    _raia_found(state, call).messages[value["id"]].shown["conversationMessageId"] = value["id"]
    value["conversationMessageId"] = value["id"]
    return True


def _twice(state: Any, call: Call, value: Any) -> bool:
    state.say(_raia_found(state, call), "conversation_user", call.body["message"])
    return True


def _answered_at_once(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    value = copy.deepcopy(proceed(state, call))
    found = _raia_found(state, call)
    question = found.messages[value["id"]]
    if question.pending is not None:
        fire()
        state.reply(found, question)
    return value


def _answer_again(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    value = proceed(state, call)
    found = _raia_found(state, call)
    question = found.messages[call.parameters["messageId"]]
    if value["status"] != "completed" or question.shown["senderRole"] != "conversation_user":
        return value
    seen = state.__dict__.setdefault("palaver_answered", set())
    if question.id in seen:
        fire()
        return {**value, "message": state.reply(found, question).shown}
    seen.add(question.id)
    return value


def _any_message(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    if _raia_found(state, call) is not None:
        for conversation in state.memory.agents[call.tenant].conversations.values():
            if call.parameters["messageId"] in conversation.messages:
                if conversation.id != call.parameters["conversationId"]:
                    fire()
                return proceed(state, replace(call, parameters={**call.parameters, "conversationId": conversation.id}))
    return proceed(state, call)


def _any_agent(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    for tenant, agent in enumerate(state.memory.agents):
        if call.parameters["conversationId"] in agent.conversations:
            if tenant != call.tenant:
                fire()
            return proceed(state, replace(call, tenant=tenant))
    return proceed(state, call)


def _all_agents(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    page = proceed(state, call)
    other = proceed(state, replace(call, tenant=1 - call.tenant))
    if other["data"]:
        fire()
    return {**page, "data": page["data"] + other["data"], "totalItems": page["totalItems"] + other["totalItems"]}


def _other_states(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    fire()
    return proceed(state, replace(call, tenant=1 - call.tenant))


def _all_messages(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    value = proceed(state, call)
    others = [
        message.shown
        for conversation in state.memory.agents[call.tenant].conversations.values()
        for message in conversation.messages.values()
        if conversation.id != call.parameters["conversationId"]
    ]
    if others:
        fire()
    return {"messages": value["messages"] + others}


def _empty_reply(before: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
    def reply(self: Any, conversation: Any, question: Any) -> Any:
        fire()
        return self.say(conversation, "assistant", "", question_id=question.id)

    return reply


def _raia_same_id(before: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
    def create(self: Any, agent: Any, user: Any, fields: Any, **more: Any) -> Any:
        if "same" in agent.conversations:
            fire()
        return before(self, agent, user, {**fields, "id": "same"}, **more)

    return create


# --- Zild


def _zild() -> Iterator[Mutant]:
    operation = "start_proactive_conversation"

    def mutant(operator: str, change: str, around: Around) -> Mutant:
        return _mutant("zild", operation, operator, change, around)

    def whole(operator: str, change: str, owner: Any, name: str, make: Any) -> Mutant:
        return BehaviourMutant("zild", operator, (operation,), change, _method(owner, name, make))

    def each(edit: Callable[[dict[str, Any]], Any]) -> Callable[[Any], Any]:
        def told(value: Any) -> Any:
            for conversation in value:
                edit(conversation)
            return value

        return told

    yield mutant("order reversed", "of the conversations", _told(lambda value: value[::-1]))
    yield mutant("list incomplete", "the first alone", _told(lambda value: value[:1]))
    yield mutant("returned id is not the stored one", "id", _told(each(lambda one: one.update(id=one["id"] + 1000))))
    yield mutant("wrong default", "active is false", _told(each(lambda one: one.update(active=False))))
    yield mutant("wrong default", "liveAgent is true", _body(_lively))
    yield mutant("wrong default", "tags are null", _told(each(lambda one: one.update(tags=None))))
    yield mutant(
        "wrong default", "finishedAt is a time", _told(each(lambda one: one.update(finishedAt=one["createdAt"])))
    )
    yield mutant(
        "wrong value", "contactName is the address", _told(each(lambda one: one.update(contactName=one["from"])))
    )
    yield mutant(
        "wrong value",
        "the message is to the channel",
        _told(each(lambda one: [message.update(to=message["from"]) for message in one["messages"]])),
    )
    yield mutant(
        "wrong value",
        "messages name another conversation",
        _told(
            each(
                lambda one: [
                    message.update(conversationId=message["conversationId"] + 1) for message in one["messages"]
                ]
            )
        ),
    )
    yield mutant(
        "wrong value", "lastMessageContent is null", _told(each(lambda one: one.update(lastMessageContent=None)))
    )
    yield mutant(
        "wrong value", "tenantId of the other", _told(each(lambda one: one.update(tenantId=3 - one["tenantId"])))
    )
    yield mutant("wrong value", "from is empty", _told(each(lambda one: one.update({"from": ""}))))
    yield mutant(
        "lifecycle", "never sent", _told(each(lambda one: [message.update(sent=False) for message in one["messages"]]))
    )
    yield mutant(
        "lifecycle",
        "read at once",
        _told(each(lambda one: [message.update(read=True, delivered=True) for message in one["messages"]])),
    )
    yield mutant(
        "not created anew",
        "one conversation for everybody",
        _told(lambda value: [{**value[0], "from": one["from"]} for one in value]),
    )
    yield mutant("duplicated", "every person twice", _told(lambda value: [one for one in value for _ in range(2)]))
    yield mutant(
        "order reversed", "of the messages", _told(each(lambda one: one.update(messages=one["messages"][::-1])))
    )
    yield mutant(
        "list incomplete",
        "the latest message alone",
        _told(each(lambda one: one.update(messages=one["messages"][-1:]))),
    )
    yield mutant("cross-parent leak", "messages of all conversations", _zild_leak)
    yield mutant(
        "timestamp not updated",
        "lastConversationUpdateTime stays",
        _told(each(lambda one: one.update(lastConversationUpdateTime=one["createdAt"]))),
    )
    yield mutant(
        "wrong value",
        "queuedAt though no queue is named",
        _told(each(lambda one: one.update(queuedAt=one["queuedAt"] or one["createdAt"]))),
    )
    yield mutant(
        "wrong value", "queuedAt is null though a queue is named", _told(each(lambda one: one.update(queuedAt=None)))
    )
    yield mutant("limit ignored", "a thousand people and more", _no_limit)
    yield whole("not created anew", "a new one though one is active", ZildState, "start", _always_new)
    yield whole(
        "id not unique",
        "always 1",
        ZildState,
        "_next_conversation",
        lambda before, fire: lambda self, taken: (fire(), 1)[1],
    )
    yield whole("cross-parent leak", "another channel's conversation goes on", ZildState, "start", _any_channel)
    yield whole("duplicated", "who is named twice is two people", ZildState, "people", _two_people)
    yield whole("wrong value", "the template's number is missing", ZildState, "message", _nameless_template)
    yield whole("wrong value", "variables of the message are empty", ZildState, "message", _no_variables)


def _lively(body: dict[str, Any]) -> bool:
    if "liveAgent" in body:
        return False
    body["liveAgent"] = True
    return True


def _zild_leak(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    value = copy.deepcopy(proceed(state, call))
    every = [
        message
        for conversation in state.memory.tenants[call.tenant].conversations.values()
        for message in conversation["messages"]
    ]
    for one in value:
        if len(one["messages"]) != len(every):
            fire()
            one["messages"] = copy.deepcopy(every)
    return value


def _no_limit(proceed: Next, state: Any, call: Call, fire: Fire) -> Any:
    from palaver_mock.zild import routes

    with patch.object(routes, "MAX_RECIPIENTS", 10**9):
        named = sum(len(call.body.get(name) or ()) for name in ("recipient", "contactIds", "accountIds"))
        if named > 1000:
            fire()
        return proceed(state, call)


def _always_new(before: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
    def start(self: Any, tenant: int, *arguments: Any) -> Any:
        latest = self.memory.tenants[tenant].latest
        if latest:
            fire()
        latest.clear()
        return before(self, tenant, *arguments)

    return start


def _any_channel(before: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
    def start(self: Any, tenant: int, address: str, name: str | None, body: Any, message: Any) -> Any:
        mine = self.memory.tenants[tenant]
        place = f"{body.get('channelId')} {address}"
        for other, conversation_id in list(mine.latest.items()):
            if other.partition(" ")[2] == address and other != place and place not in mine.latest:
                fire()
                mine.latest[place] = conversation_id
        return before(self, tenant, address, name, body, message)

    return start


def _two_people(before: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
    def people(self: Any, tenant: int, body: Any) -> Any:
        found = before(self, tenant, body)
        named = [*(body.get("recipient") or ())]
        for number, phone in enumerate(named):
            if phone in named[:number]:
                fire()
                found[f"{phone} "] = None
        return found

    return people


def _nameless_template(before: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
    def message(self: Any, tenant: int, body: Any) -> Any:
        found = before(self, tenant, body)
        if found is not None:
            fire()
            found["content"] = "Template"
        return found

    return message


def _no_variables(before: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
    def message(self: Any, tenant: int, body: Any) -> Any:
        found = before(self, tenant, body)
        if found is not None and found["contentVariables"] != "{}":
            fire()
            found["contentVariables"] = "{}"
        return found

    return message

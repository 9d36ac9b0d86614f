"""Credentials that open what they should not, or do not open what they should."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from causerie_mock import Reply
from tests.kill_rate.strangers.call import Call, credential, value_of, with_value
from tests.kill_rate.strangers.fault import Fault, Place, on
from tests.kill_rate.strangers.line import Handler, Line

_READ = {"convocore": "get_conversation", "raia": "get_conversation", "zild": "start_proactive_conversation"}
_OTHER = {"convocore": "list_conversations", "raia": "list_users", "zild": "start_proactive_conversation"}


def accepting(accepts: Callable[[str, str], bool]) -> Handler:
    """Return a handler that takes what `accepts(sent, key)` for the key of the first tenant."""

    async def handle(call: Call, line: Line) -> Reply:
        key = credential(call.vendor, 0)
        sent = call.credential
        known = {key, credential(call.vendor, 1)}
        return line.forward(call.with_credential(key) if sent not in known and accepts(sent, key) else call)

    return handle


def _secret(text: str) -> str:
    return text.rpartition(" ")[2]


def _scheme(text: str) -> str:
    return text.rpartition(" ")[0]


#: What is accepted in place of the key, by what it is called.
_ACCEPTED: dict[str, Callable[[str, str], bool]] = {
    "a beginning of the key is accepted": lambda sent, key: len(_secret(sent)) >= 4 and key.startswith(sent),
    "the key without its last character is accepted": lambda sent, key: sent == key[:-1],
    "the key and one more character is accepted": lambda sent, key: sent[:-1] == key,
    "whatever begins with the key is accepted": lambda sent, key: sent.startswith(key),
    "whatever has the length of the key is accepted": lambda sent, key: len(sent) == len(key),
    "the key in upper case is accepted": lambda sent, key: _secret(sent) == _secret(key).upper(),
    "an empty credential is accepted": lambda sent, key: _secret(sent).strip() in {"", "Bearer"},
    "the key in quotes is accepted": lambda sent, key: _secret(sent).strip("\"'") == _secret(key),
    "any key is accepted": lambda sent, key: bool(_secret(sent)),
    "a key with one other character in its midst is accepted": lambda sent, key: (
        len(sent) == len(key) and sum(one != other for one, other in zip(sent, key, strict=True)) == 1
    ),
}
_BEARER_ACCEPTED: dict[str, Callable[[str, str], bool]] = {
    "the key is accepted without a scheme": lambda sent, key: sent == _secret(key),
    "the key is accepted with any scheme": lambda sent, key: _secret(sent) == _secret(key) and bool(_scheme(sent)),
}


async def _scheme_in_one_case(call: Call, line: Line) -> Reply:
    scheme = _scheme(call.credential)
    return line.forward(call.with_credential("") if scheme and scheme != "Bearer" else call)


async def _unguarded(call: Call, line: Line) -> Reply:
    """Let in whoever has no valid credential."""
    known = {credential(call.vendor, 0), credential(call.vendor, 1)}
    return line.forward(call if call.credential in known else call.with_credential(credential(call.vendor, 0)))


async def _remembered(call: Call, line: Line) -> Reply:
    """Remember per path that somebody was let in, as a gateway does whose cache leaves the key out."""
    reply = line.forward(call)
    if call.request.method == "GET":
        if reply.status == 200:
            line.memory[call.request.path, call.request.query] = reply
        elif reply.status in {401, 403}:
            kept: Reply = line.memory.get((call.request.path, call.request.query), reply)
            return kept
    return reply


def _other(call: Call) -> Call | None:
    keys = [credential(call.vendor, 0), credential(call.vendor, 1)]
    return call.with_credential(keys[1 - keys.index(call.credential)]) if call.credential in keys else None


async def _across(call: Call, line: Line) -> Reply:
    """Find the records of the other tenant too."""
    reply = line.forward(call)
    other = _other(call)
    if reply.status in {403, 404} and other is not None:
        theirs = line.vendor(other)
        return theirs if theirs.status < 300 else reply
    return reply


async def _with_theirs(call: Call, line: Line) -> Reply:
    """Show the first record of the other tenant in the list too."""
    reply = line.forward(call)
    other = _other(call)
    mine, theirs = value_of(reply.body), line.aside(other) if other else None
    if reply.status != 200 or not isinstance(theirs, dict) or not theirs.get("data"):
        return reply
    return with_value(reply, {**mine, "data": [*mine["data"], theirs["data"][0]]})


async def _one_for_all(call: Call, line: Line) -> Reply:
    """Answer everybody what the first was answered: a cache whose key leaves the credential out."""
    reply = line.forward(call)
    return line.memory.setdefault((call.request.path, call.request.query), reply) if reply.status == 200 else reply


def _as(status: int) -> Handler:
    """Return a handler that refuses a wrong credential with another status."""

    async def handle(call: Call, line: Line) -> Reply:
        reply = line.forward(call)
        wrong = reply.status == 401 or (call.vendor == "raia" and reply.status == 403)
        return Reply(status, reply.headers, reply.body) if wrong else reply

    return handle


async def _no_challenge(call: Call, line: Line) -> Reply:
    reply = line.forward(call)
    kept = tuple(header for header in reply.headers if header[0].lower() != "www-authenticate")
    return Reply(reply.status, kept, reply.body)


async def _body_first(call: Call, line: Line) -> Reply:
    """Validate the body before the credential."""
    reply = line.forward(call)
    if reply.status in {401, 403}:
        opened = line.vendor(call.with_credential(credential(call.vendor, 0)).asking("POST", []))
        return opened if call.body is not None and not isinstance(call.body, dict) else reply
    return reply


def _unguarded_method(method: str) -> Handler:
    """Return a handler that answers a method as GET, without a credential."""

    async def handle(call: Call, line: Line) -> Reply:
        if call.request.method != method:
            return line.forward(call)
        reply = line.forward(call.asking("GET").with_credential(credential(call.vendor, 0)))
        return Reply(reply.status, reply.headers, b"") if reply.status == 200 else reply

    return handle


def _opened(vendor: str) -> Iterator[Fault]:
    reading, listing = on(vendor, _READ[vendor]), on(vendor, _OTHER[vendor])
    for index, (change, accepts) in enumerate(_ACCEPTED.items()):
        place = listing if index % 2 else reading
        yield place.handles("credential", change, accepting(accepts))
    if vendor == "raia":
        return
    for change, accepts in _BEARER_ACCEPTED.items():
        yield reading.handles("credential", change, accepting(accepts))
    if vendor == "convocore":
        yield listing.handles("credential", "the scheme has one case alone", _scheme_in_one_case)
    yield listing.handles("credential", "a wrong key is a 400", _as(400))


#: What nobody watches.
_UNGUARDED = (
    on("convocore", "get_conversation_details"),
    on("convocore", "delete_conversation"),
    on("convocore", "list_workspace_sessions"),
    on("convocore", "generate_summaries"),
    on("convocore", "export_conversation"),
    on("convocore", "accept_handoff"),
    on("raia", "list_conversation_states"),
    on("raia", "get_prompt_response"),
    on("raia", "get_agent"),
    on("raia", "delete_user"),
    on("raia", "get_download_url"),
    on("raia", "create_prompt_upload_url"),
)
#: Where the other tenant's records are reached.
_ACROSS = (
    on("convocore", "get_conversation"),
    on("convocore", "update_conversation"),
    on("convocore", "delete_conversation"),
    on("convocore", "export_conversation"),
    on("convocore", "get_conversation_details"),
    on("convocore", "replace_messages"),
    on("convocore", "assign_conversation"),
    on("convocore", "list_workspace_sessions"),
    on("raia", "get_conversation"),
    on("raia", "update_conversation"),
    on("raia", "list_messages"),
    on("raia", "send_message"),
    on("raia", "get_message_response"),
    on("raia", "get_user"),
    on("raia", "delete_user"),
    on("raia", "find_user"),
    on("raia", "get_prompt_response"),
    on("raia", "get_download_url"),
)


def _everywhere(vendor: str) -> Place:
    return on(vendor, _READ[vendor])


def faults() -> Iterator[Fault]:
    """Yield the faults of credentials."""
    for vendor in _READ:
        yield from _opened(vendor)
    for place in _UNGUARDED:
        yield place.handles("unguarded", "no valid credential is needed", _unguarded)
    for place in _ACROSS:
        yield place.handles("tenants", "records of the other tenant are reached", _across)
    for place in (on("raia", "list_conversations"), on("raia", "list_users")):
        yield place.handles("tenants", "a record of the other tenant is in the list", _with_theirs)
    for place in (on("raia", "get_agent"), on("raia", "list_conversation_states")):
        yield place.handles("tenants", "everybody gets what the first got", _one_for_all)
    for vendor in ("convocore", "raia"):
        yield _everywhere(vendor).handles("unguarded", "a refused reader gets what others read before", _remembered)
        for method in ("HEAD", "OPTIONS"):
            change = f"{method} is answered without a credential"
            yield _everywhere(vendor).everywhere("unguarded", change, _unguarded_method(method))
    yield on("raia", "create_user").handles("credential", "a wrong key is a 401", _as(401))
    yield on("convocore", "create_conversation").handles("credential", "a wrong key is a 404", _as(404))
    yield on("zild", "start_proactive_conversation").handles("credential", "a 401 has no challenge", _no_challenge)
    for place in (on("convocore", "create_conversation"), on("raia", "create_conversation")):
        yield place.handles("credential", "a body of a wrong kind is told before a wrong key", _body_first)

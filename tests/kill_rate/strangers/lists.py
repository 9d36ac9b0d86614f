"""Lists and searches that show too much, too little or in another order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from causerie_mock import Reply
from tests.kill_rate.strangers.call import Call, value_of, with_value
from tests.kill_rate.strangers.edits import at
from tests.kill_rate.strangers.fault import Fault, on
from tests.kill_rate.strangers.line import Handler, Line

CONVERSATIONS = on("raia", "list_conversations")
USERS = on("raia", "list_users")
MESSAGES = on("raia", "list_messages")
FOUND = on("raia", "find_user")
STATES = on("raia", "list_conversation_states")
LIST = on("convocore", "list_conversations")
EXPORT = on("convocore", "export_conversations")
SESSIONS = on("convocore", "list_workspace_sessions")

Change = Callable[[Any, Call], Any]


def member(path: str, edit: Callable[[Any], Any]) -> Change:
    """Return a change of what stands at `path` in an answer."""
    return lambda value, _: at(path, edit)(value)


def _third(values: list[Any]) -> list[Any]:
    return [each for index, each in enumerate(values) if index != 2]


def _twice(values: list[Any]) -> list[Any]:
    return [*values, values[-1]] if values else values


def _swapped(values: list[Any]) -> list[Any]:
    return [values[1], values[0], *values[2:]] if len(values) > 1 else values


def _texts_only(value: Any) -> Any:
    return [each for each in value if each.get("message")]


#: What is done to the items of a list, by what it is called.
_ITEMS: dict[str, Callable[[list[Any]], list[Any]]] = {
    "the last item is missing": lambda values: values[:-1],
    "the third item is missing": _third,
    "the last item is there twice": _twice,
    "the first two items change places": _swapped,
    "the order is reversed": lambda values: values[::-1],
    "no more than five items are shown": lambda values: values[:5],
}
_LISTS = (
    (CONVERSATIONS, "data"),
    (USERS, "data"),
    (MESSAGES, "messages"),
    (LIST, "data"),
    (EXPORT, "data"),
    (SESSIONS, "sessions"),
)


def _floor(value: Any, _: Call) -> Any:
    return {**value, "totalPages": value["totalItems"] // value["pageSize"]}


def _of_page(value: Any, _: Call) -> Any:
    return {**value, "totalItems": len(value["data"])}


def _more_when_full(value: Any, _: Call) -> Any:
    return {**value, "hasMore": len(value["data"]) == value["limit"]}


def _next_when_full(value: Any, _: Call) -> Any:
    return {**value, "hasNextPage": len(value["data"]) == value["pageSize"]}


def _no_cursor(value: Any, call: Call) -> Any:
    return {**value, "nextCursor": None} if "cursor" in call.query else value


def _repeated_first(value: Any, call: Call) -> Any:
    return {**value, "hasMore": True, "nextCursor": call.query["cursor"]} if "cursor" in call.query else value


def _empty_last(value: Any, call: Call) -> Any:
    """Show an empty page where it is the last but not the first."""
    return {**value, "data": []} if value.get("hasNextPage") is False and value["currentPage"] > 1 else value


def _asked(name: str, change: Callable[[str], str | None]) -> Callable[[Call], Call]:
    """Return an edit of a parameter that was sent."""
    return lambda call: call.with_query(**{name: change(call.query[name])}) if name in call.query else call


def _clamped(name: str, most: int) -> Callable[[Call], Call]:
    return _asked(name, lambda text: str(most) if text.isdigit() and int(text) > most else text)


def _not_with(name: str, *others: str) -> Callable[[Call], Call]:
    """Return an edit that leaves a filter aside when there is one of the others too."""
    return lambda call: call.with_query(**{name: None}) if set(others) & set(call.query) else call


def _unasked(name: str, value: str) -> Callable[[Call], Call]:
    """Return an edit that adds a parameter that was not sent."""
    return lambda call: call if name in call.query else call.with_query(**{name: value})


def _swapping(one: str, other: str) -> Callable[[str], str]:
    return lambda text: {one: other, other: one}.get(text, text)


def _case_sensitive(value: Any, call: Call) -> Any:
    keyword = call.query.get("searchKeyword", "")
    return {**value, "data": [each for each in value["data"] if keyword in repr(each)]}


def _at_the_beginning(value: Any, call: Call) -> Any:
    keyword = call.query.get("searchKeyword", "").lower()
    kept = [each for each in value["data"] if any(text.startswith(keyword) for text in _searched(each))]
    return {**value, "data": kept}


def _searched(conversation: dict[str, Any]) -> list[str]:
    user = conversation["user"]
    found = [conversation.get("title"), conversation.get("summary")]
    found += [user.get(name) for name in ("firstName", "lastName", "email", "phoneNumber")]
    return [text.lower() for text in found if text]


def _title_only(value: Any, call: Call) -> Any:
    keyword = call.query.get("searchKeyword", "").lower()
    return {**value, "data": [each for each in value["data"] if keyword in each.get("title", "").lower()]}


def _searching(fits: Callable[[str, str], bool]) -> Handler:
    """Return a handler that finds a user by another comparison of the email address."""

    async def handle(call: Call, line: Line) -> Reply:
        reply = line.forward(call)
        sought = call.query.get("email", "")
        if reply.status != 404 or not sought:
            return reply
        path = "/external/agents/users"
        every = line.aside(call.asking("GET", path=path).with_query(pageSize="1000")) or {}
        for user in every.get("data", ()):
            if fits(user.get("email", ""), sought):
                return line.forward(call.with_query(email=user["email"]))
        return reply

    return handle


async def _any_of_them(call: Call, line: Line) -> Reply:
    """Find a user by the first parameter that fits somebody."""
    reply = line.forward(call)
    if reply.status == 404:
        for name, value in call.query.items():
            alone = line.vendor(call.with_query(**{**dict.fromkeys(call.query), name: value}))
            if alone.status == 200:
                return alone
    return reply


async def _once_more(call: Call, line: Line) -> Reply:
    """Answer a page that comes after the last with the last."""
    reply = line.forward(call)
    value = value_of(reply.body)
    if reply.status == 200 and value["data"] == [] and value["totalPages"]:
        last = value_of(line.vendor(call.with_query(page=str(value["totalPages"]))).body)
        return with_value(reply, {**value, "data": last["data"]})
    return reply


async def _kept_list(call: Call, line: Line) -> Reply:
    """Answer a list as it was when it was first asked for, three times."""
    asked = (call.request.path, call.request.query, call.credential)
    reply = line.forward(call)
    left, kept = line.memory.get(asked, (0, reply))
    line.memory[asked] = (left - 1, kept) if left else (3, reply)
    return kept if left else reply


def _any_case(name: str) -> Handler:
    """Return a handler that finds a record by its id in any case."""

    async def handle(call: Call, line: Line) -> Reply:
        reply = line.forward(call)
        given = call.names.get(name, "")
        if reply.status < 300:
            line.memory[given.lower()] = given
        known: str | None = line.memory.get(given.lower())
        if reply.status == 404 and known is not None and known != given:
            return line.forward(call.with_path(lambda segment: str(known) if segment == given else segment))
        return reply

    return handle


def _trimmed(segment: str) -> str:
    return segment.strip()


def _pages() -> Iterator[Fault]:
    for place in (CONVERSATIONS, USERS):
        yield place.answer("totals", "totalPages is rounded down", _floor)
        yield place.answer("totals", "totalItems counts the items of the page", _of_page)
        yield place.answer("totals", "hasNextPage is true on each full page", _next_when_full)
        yield place.request(
            "pages", "pages are counted from 0", _asked("page", lambda text: str(max(int(text) - 1, 1)))
        )
        yield place.request("pages", "a page has 50 items at most", _clamped("pageSize", 50))
        yield place.handles("pages", "a page after the last is the last once more", _once_more)
        yield place.answer("pages", "the last page is empty", _empty_last)
    yield CONVERSATIONS.answer("totals", "totalItems is one too many", member("totalItems", lambda count: count + 1))
    yield USERS.answer("totals", "hasPreviousPage is never true", member("hasPreviousPage", lambda _: False))
    yield USERS.answer("totals", "currentPage is counted from 0", member("currentPage", lambda number: number - 1))
    yield USERS.answer("totals", "pageSize is always 10", member("pageSize", lambda _: 10))
    for place in (LIST, EXPORT):
        yield place.answer("totals", "hasMore is true on each full page", _more_when_full)
        yield place.answer("pages", "there is no cursor after the second page", _no_cursor)
        yield place.request("pages", "a page has 50 items at most", _clamped("limit", 50))
        yield place.answer("pages", "the cursor leads to the same page again", _repeated_first)
    yield LIST.answer("totals", "limit is always 20", member("limit", lambda _: 20))
    yield LIST.request("pages", "a page has one item fewer", _asked("limit", lambda text: str(max(int(text) - 1, 1))))
    yield LIST.request("pages", "a page has 10 items by default", _unasked("limit", "10"))
    yield CONVERSATIONS.request("pages", "a page has 20 items by default", _unasked("pageSize", "20"))
    yield SESSIONS.request("pages", "pages are counted from 1", _asked("page", lambda text: str(max(int(text) - 1, 0))))
    yield SESSIONS.answer(
        "totals", "totalFetched is that of a full page", member("pagination.totalFetched", lambda _: 50)
    )
    yield SESSIONS.answer("totals", "hasMore is never true", member("pagination.hasMore", lambda _: False))
    yield EXPORT.answer("totals", "scannedConvoCount is always 0", member("scannedConvoCount", lambda _: 0))


def _filters() -> Iterator[Fault]:
    yield CONVERSATIONS.request("filter", "userId is left aside beside a keyword", _not_with("userId", "searchKeyword"))
    yield CONVERSATIONS.request(
        "filter", "withFeedbacksOnly is left aside beside userId", _not_with("withFeedbacksOnly", "userId")
    )
    yield CONVERSATIONS.request("filter", "startDate is left aside beside endDate", _not_with("startDate", "endDate"))
    yield CONVERSATIONS.request("filter", "userId is left aside on later pages", _not_with("userId", "page"))
    yield CONVERSATIONS.request(
        "filter", "withFeedbacksOnly=false counts as true", _asked("withFeedbacksOnly", lambda _: "true")
    )
    yield CONVERSATIONS.answer("filter", "a keyword is found in its own case alone", _case_sensitive)
    yield CONVERSATIONS.answer("filter", "a keyword is found at the beginning alone", _at_the_beginning)
    yield CONVERSATIONS.answer("filter", "a keyword is looked for in the title alone", _title_only)
    yield CONVERSATIONS.request("filter", "a keyword is trimmed", _asked("searchKeyword", str.strip))
    yield CONVERSATIONS.request(
        "order", "ASC and DESC change places", _asked("orderDirection", _swapping("ASC", "DESC"))
    )
    yield CONVERSATIONS.request(
        "order", "orderBy=createdAt counts as updatedAt", _asked("orderBy", lambda _: "updatedAt")
    )
    yield CONVERSATIONS.request("order", "orderDirection is left aside without orderBy", _direction_alone)
    yield USERS.request("order", "the earliest comes first by default", _unasked("orderDirection", "ASC"))
    yield MESSAGES.request("order", "the latest comes first by default", _unasked("orderDirection", "DESC"))
    yield MESSAGES.request(
        "filter", "feedbacks are shown only in descending order", _not_with_ascending("shouldIncludeFeedbacks")
    )
    yield EXPORT.request("order", "sort=asc is left aside", _asked("sort", lambda _: "desc"))
    yield EXPORT.request(
        "filter", "fromTs leaves its own second out", _asked("fromTs", lambda text: str(int(text) + 1))
    )
    yield EXPORT.request("filter", "toTs leaves its own second out", _asked("toTs", lambda text: str(int(text) - 1)))
    yield EXPORT.request("filter", "fromTs is left aside beside toTs", _not_with("fromTs", "toTs"))
    yield EXPORT.request("filter", "convoIds are left aside in csv", _ids_in_json)
    yield EXPORT.request(
        "filter", "only the first of convoIds counts", _asked("convoIds", lambda text: text.split(",")[0])
    )
    yield EXPORT.request("filter", "milliseconds count as seconds", _asked("fromTs", _seconds))
    yield SESSIONS.request("filter", "agentId is left aside beside origin", _not_with("agentId", "origin"))
    yield SESSIONS.request("filter", "origin is in lower case", _asked("origin", str.lower))
    yield FOUND.handles(
        "filter", "a user is found by a part of the email address", _searching(lambda has, part: part in has)
    )
    yield FOUND.handles("filter", "a user is found by the beginning of the email address", _searching(str.startswith))
    yield FOUND.handles(
        "filter",
        "a user is found by the email address in any case",
        _searching(lambda has, sought: has.lower() == sought.lower()),
    )
    yield FOUND.handles("filter", "a user is found whom one of several contacts fits", _any_of_them)
    yield FOUND.answer(
        "filter", "only the latest conversation is named", member("conversationIds", lambda ids: ids[-1:])
    )


def _direction_alone(call: Call) -> Call:
    return call.with_query(orderDirection=None) if "orderBy" not in call.query else call


def _not_with_ascending(name: str) -> Callable[[Call], Call]:
    return lambda call: call if call.query.get("orderDirection") == "DESC" else call.with_query(**{name: None})


def _ids_in_json(call: Call) -> Call:
    return call.with_query(convoIds=None) if call.query.get("format") == "csv" else call


def _seconds(text: str) -> str:
    return text + "000" if text.isdigit() and len(text) == 13 else text


def faults() -> Iterator[Fault]:
    """Yield the faults of lists, searches and ids."""
    for index, (change, edit) in enumerate(_ITEMS.items()):
        for place, path in (_LISTS[index], _LISTS[(index + 2) % 6], _LISTS[(index + 3) % 6]):
            yield place.answer("items", f"{change}: {path}", member(path, edit))
    yield from _pages()
    yield from _filters()
    for place in (CONVERSATIONS, LIST):
        yield place.handles("cache", "a list is as it was before, for three more times", _kept_list)
    yield on("convocore", "get_conversation").handles("ids", "an id is found in any case", _any_case("conversationId"))
    yield on("raia", "get_user").handles("ids", "an id is found in any case", _any_case("userId"))
    yield on("raia", "get_conversation").request("ids", "an id is trimmed", lambda call: call.with_path(_trimmed))
    yield on("convocore", "export_conversation").request(
        "ids", "an id is trimmed", lambda call: call.with_path(_trimmed)
    )
    yield STATES.answer("items", "the last state is missing", lambda value, _: value[:-1])

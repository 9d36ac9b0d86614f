"""Generated models: views on JSON objects that lose nothing."""

from __future__ import annotations

import copy
import pickle
import sys
from datetime import UTC, date, datetime
from typing import Any

import attrs
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from causerie_api import schema
from causerie_api.convocore.models import CrmActivity, NewConversation, VapiCall
from causerie_api.jsonvalue import EncodeError
from causerie_api.model import DecodeError, Model, field
from causerie_api.raia.models import (
    AssignedUser,
    Conversation,
    ConversationMode,
    ConversationUser,
    StartEmailConversation,
)
from causerie_api.request import content, joined, query, segment
from causerie_api.unset import UNSET, Unset
from causerie_api.zild.models import AgentType
from causerie_api.zild.models import Conversation as ZildConversation

USER = {"id": "u1", "firstName": "Ada", "lastName": "Lovelace", "isAnonymized": False}
CONVERSATION: dict[str, Any] = {
    "id": "c1",
    "x-new": {"kept": [1, None]},
    "conversationUserId": "u1",
    "aiConversationId": "a1",
    "user": USER,
    "createdAt": "2023-10-01T12:00:00Z",
    "updatedAt": "2023-10-01T12:00:00.1234567Z",
    "isAnonymized": False,
    "mode": "manual",
    "assignedUser": None,
    "metadata": {"a": 1},
    "feedbacks": [
        {
            "id": "f1",
            "voteType": "up",
            "question": None,
            "answer": "",
            "comment": None,
            "createdAt": "2023-10-01T12:00:00Z",
            "updatedAt": "2023-10-01T12:00:00Z",
        }
    ],
}


@pytest.fixture
def conversation() -> Conversation:
    return Conversation.from_json(orjson.dumps(CONVERSATION))


class Shapes(Model):
    """What the documents do not use at present, and the templates support."""

    __slots__ = ()

    day: date | Unset = field("day", schema.DATE, default=UNSET)
    either: Any = field("either", schema.union(schema.INTEGER, schema.ref(lambda: ConversationUser)), default=UNSET)
    modes: list[ConversationMode] | Unset = field(
        "modes", schema.array(schema.enum(lambda: ConversationMode)), default=UNSET
    )
    many: list[Any] | Unset = field(
        "many", schema.array(schema.nullable(schema.ref(lambda: ConversationUser))), default=UNSET
    )


def test_attributes(conversation: Conversation) -> None:
    """Attributes are the document's types."""
    assert "c1" == conversation.id
    assert conversation.mode is ConversationMode.MANUAL
    assert datetime(2023, 10, 1, 12, tzinfo=UTC) == conversation.created_at
    assert "Ada" == conversation.user.first_name
    assert {"a": 1} == conversation.metadata
    assert isinstance(conversation.feedbacks, list)
    assert "up" == conversation.feedbacks[0].vote_type


def test_unset_null_and_value(conversation: Conversation) -> None:
    """A key that is not there, null, and a value are three things."""
    assert conversation.title is UNSET
    assert conversation.assigned_user is None
    assert not UNSET
    assert "UNSET" == repr(UNSET)


@pytest.mark.parametrize("travel", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_unset_is_one(travel: Any) -> None:
    """UNSET stays itself when it travels."""
    assert travel(UNSET) is UNSET
    assert [UNSET] == list(Unset)


def test_untouched(conversation: Conversation) -> None:
    """Reading changes nothing of what goes back out: order, unknown keys, and the text of dates."""
    repr(conversation)
    conversation.validate()
    _ = conversation.user, conversation.feedbacks, conversation.updated_at

    assert orjson.dumps(CONVERSATION) == conversation.to_json()
    assert CONVERSATION == conversation.to_dict()


def test_changes_go_out(conversation: Conversation) -> None:
    """What is set, also inside a nested model or a list, goes out."""
    conversation.title = "New"
    conversation.mode = ConversationMode.AI
    conversation.user.first_name = "Grace"
    conversation.updated_at = datetime(2026, 1, 2, tzinfo=UTC)
    assert isinstance(conversation.feedbacks, list)
    conversation.feedbacks.append(conversation.feedbacks[0])
    conversation.metadata = UNSET
    conversation.assigned_user = AssignedUser(id="t1", first_name="A", last_name="B", email="a@b.c")
    expected = {
        **CONVERSATION,
        "mode": "ai",
        "user": {**USER, "firstName": "Grace"},
        "updatedAt": "2026-01-02T00:00:00Z",
        "feedbacks": CONVERSATION["feedbacks"] * 2,
        "assignedUser": {"id": "t1", "firstName": "A", "lastName": "B", "email": "a@b.c"},
        "title": "New",
    }
    del expected["metadata"]

    assert expected == orjson.loads(conversation.to_json())
    assert expected == conversation.to_dict()


def test_nested_is_made_once(conversation: Conversation) -> None:
    """A nested model or list is the same object whenever it is read."""
    assert conversation.user is conversation.user
    assert conversation.feedbacks is conversation.feedbacks


def test_from_dict_copies() -> None:
    """``from_dict`` leaves the caller's dict alone, however deep."""
    mine = copy.deepcopy(CONVERSATION)
    made = Conversation.from_dict(mine)
    made.user.first_name = "Grace"
    made.id = "c2"

    assert CONVERSATION == mine


def test_open_enums() -> None:
    """A value that the document does not list is a member of its own, equal and hashable by value."""
    raw = {"agentType": 77, "conversationIntegrationType": 3}
    made = ZildConversation.from_dict(raw)
    unknown = made.agent_type

    assert isinstance(unknown, AgentType)
    assert 77 == unknown
    assert hash(77) == hash(unknown)
    assert AgentType(77) == unknown
    assert 3 == made.conversation_integration_type
    assert "whisper" == ConversationMode("whisper")
    assert raw == made.to_dict()


@pytest.mark.parametrize(("enum", "value"), [(ConversationMode, 3), (AgentType, "3")])
def test_enum_of_another_type(enum: Any, value: Any) -> None:
    """An open enum is open to values of its own type."""
    with pytest.raises(ValueError, match="is not a valid"):
        enum(value)


@pytest.mark.parametrize(
    ("raw", "read", "problem"),
    [
        ({"mode": 3}, "mode", "Conversation.mode: expected a value of ConversationMode, not 3"),
        ({"mode": []}, "mode", "Conversation.mode: expected a value of ConversationMode, not []"),
        ({"user": "Ada"}, "user", "Conversation.user: expected an object, not 'Ada'"),
        ({"feedbacks": {}}, "feedbacks", "Conversation.feedbacks: expected an array, not {}"),
        ({"feedbacks": [1]}, "feedbacks", "Conversation.feedbacks[0]: expected an object, not 1"),
        ({"feedbacks": [None]}, "feedbacks", "Conversation.feedbacks[0]: expected an object, not None"),
        (
            {"createdAt": "soon"},
            "created_at",
            "Conversation.created_at: expected a date and time (RFC 3339), not 'soon'",
        ),
        ({"createdAt": 5}, "created_at", "Conversation.created_at: expected a date and time (RFC 3339), not 5"),
    ],
)
def test_bad_value(raw: dict[str, Any], read: str, problem: str) -> None:
    """A value that cannot be read names model, field and value; the model can still be shown and sent."""
    made = Conversation.from_dict(raw)
    with pytest.raises(DecodeError) as caught:
        getattr(made, read)

    assert problem == str(caught.value)
    assert repr(next(iter(raw.values()))) in repr(made)
    assert raw == made.to_dict()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"id": 3}, "Conversation.id: expected a string, not 3"),
        ({"id": None}, "Conversation.id: expected a string, not None"),
        ({"isAnonymized": 0}, "Conversation.is_anonymized: expected true or false, not 0"),
        ({"score": "4"}, "Conversation.score: expected a number, not '4'"),
        ({"score": True}, "Conversation.score: expected a number, not True"),
        ({"metadata": []}, "Conversation.metadata: expected an object, not []"),
        ({"user": {**USER, "lastName": 1}}, "Conversation.user.last_name: expected a string, not 1"),
        ({"user": {}}, "Conversation.user: no id, first_name, last_name, is_anonymized"),
        ({"feedbacks": 5}, "Conversation.feedbacks: expected an array, not 5"),
        ({"feedbacks": [None]}, "Conversation.feedbacks[0]: expected an object, not None"),
        ({"mode": True}, "Conversation.mode: expected a value of ConversationMode, not True"),
    ],
)
def test_validate(change: dict[str, Any], problem: str) -> None:
    """``validate`` names what does not fit, wherever it is."""
    with pytest.raises(DecodeError) as caught:
        Conversation.from_dict({**CONVERSATION, **change}).validate()

    assert problem == str(caught.value)


def test_validate_missing() -> None:
    """``validate`` names everything that is missing."""
    with pytest.raises(DecodeError, match="no id, conversation_user_id, ai_conversation_id, user"):
        Conversation.from_dict({}).validate()


@pytest.mark.parametrize("value", [1, 1.0, -3, 10**15])
def test_integer(value: Any) -> None:
    """1.0 is an integer in JSON Schema."""
    assert value == Shapes.from_dict({"either": value}).validate().either


@pytest.mark.parametrize("value", [1.5, True, "1", float("inf")])
def test_no_integer(value: Any) -> None:
    """1.5, true and text are not whole numbers."""
    with pytest.raises(DecodeError, match="either: expected one of 2 documented shapes"):
        Shapes.from_dict({"either": value}).validate()


def test_long_values_are_shortened() -> None:
    """An error shows a value in bounded space."""
    with pytest.raises(DecodeError) as caught:
        Conversation.from_dict({**CONVERSATION, "user": "x" * 10_000}).validate()

    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("data", [b"", b"{", b"nul", b"\xff", b'{"a": NaN}', b"[" * 2000])
def test_not_json(data: bytes) -> None:
    """What is not JSON is a DecodeError, for one and for many."""
    for decode in (Conversation.from_json, Conversation.list_from_json):
        with pytest.raises(DecodeError, match="Conversation: not JSON"):
            decode(data)


@pytest.mark.parametrize("data", [b"[]", b"null", b"1", b'"x"'])
def test_not_an_object(data: bytes) -> None:
    """JSON that is no object is a DecodeError."""
    with pytest.raises(DecodeError, match="Conversation: expected an object, not"):
        Conversation.from_json(data)


def test_nullable() -> None:
    """An answer may be null, with space around it or as no body, where the document says so; else it is an object."""
    assert Conversation.nullable_from_json(b" null\n") is None
    assert Conversation.nullable_from_json(b"") is None
    assert Conversation.from_dict({"id": "1"}) == Conversation.nullable_from_json(b'{"id":"1"}')
    with pytest.raises(DecodeError, match="Conversation: expected an object, not"):
        Conversation.nullable_from_json(b"[]")


def test_list() -> None:
    """A list of objects, and values that are not lists."""
    first, second = Conversation.list_from_json(b'[{"id":"1"},{"id":"2"}]')

    assert ["1", "2"] == [first.id, second.id]
    with pytest.raises(DecodeError, match=r"Conversation: expected an array of Conversation, not {}"):
        Conversation.list_from_json(b"{}")
    with pytest.raises(DecodeError, match="Conversation: expected an object, not 1"):
        Conversation.list_from_json(b"[1]")


def test_constructor() -> None:
    """A model is built from keywords; UNSET is left out, and None is sent."""
    made = VapiCall(cost=1.5, call_status=UNSET)

    assert {"cost": 1.5} == made.to_dict()
    assert {} == Shapes.of(either=UNSET).to_dict()
    assert {"either": None} == Shapes.of(either=None).to_dict()
    with pytest.raises(TypeError, match="did you mean 'cost'"):
        VapiCall.of(costs=1)
    with pytest.raises(TypeError, match=r"has no field 'zzz'$"):
        VapiCall.of(zzz=1)
    with pytest.raises(TypeError, match=r"StartEmailConversation\(\) needs first_name, last_name, channel"):
        StartEmailConversation.of()


def test_typing_error_of_an_attribute(conversation: Conversation) -> None:
    """An attribute that the document does not have cannot be set by mistake."""
    with pytest.raises(AttributeError):
        conversation.titel = "x"  # type: ignore[attr-defined]


def test_unknown_keys(conversation: Conversation) -> None:
    """Keys that the document does not have can be read."""
    assert {"x-new": {"kept": [1, None]}} == conversation.additional_properties
    assert {"kept": [1, None]} == conversation["x-new"]
    assert "x-new" in conversation
    with pytest.raises(KeyError, match="nothing"):
        _ = conversation["nothing"]
    assert "nothing" not in conversation
    assert list(CONVERSATION) == list(conversation)


def test_items_are_plain(conversation: Conversation) -> None:
    """By key there are JSON values, whatever was read or set before."""
    before = conversation["user"], conversation["feedbacks"], conversation["mode"]
    _ = conversation.user, conversation.feedbacks
    conversation.mode = ConversationMode.MANUAL
    conversation.updated_at = datetime(2026, 1, 2, tzinfo=UTC)

    assert (USER, CONVERSATION["feedbacks"], "manual") == before
    assert [dict, list, str] == [type(conversation[key]) for key in ("user", "feedbacks", "mode")]
    assert before == (conversation["user"], conversation["feedbacks"], conversation["mode"])
    assert "2026-01-02T00:00:00Z" == conversation["updatedAt"]


def test_equality(conversation: Conversation) -> None:
    """Models are equal when their JSON objects are, and are of one class."""
    assert Conversation.from_dict(CONVERSATION) == conversation
    assert Conversation.from_dict({}) != conversation
    assert VapiCall() != CrmActivity()
    assert conversation != CONVERSATION
    with pytest.raises(TypeError, match="unhashable"):
        hash(conversation)


@pytest.mark.parametrize("travel", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_models_travel(travel: Any, conversation: Conversation) -> None:
    """Models pickle and copy, also after they were read."""
    _ = conversation.feedbacks
    arrived = travel(conversation)

    assert conversation == arrived
    assert conversation.to_json() == arrived.to_json()


def test_copy_is_its_own(conversation: Conversation) -> None:
    """A shallow copy has keys of its own, and shares what is nested."""
    made = copy.copy(conversation)
    made.title = "Other"
    made.metadata = UNSET

    assert conversation.title is UNSET
    assert {"a": 1} == conversation.metadata
    assert conversation.assigned_user is made.assigned_user is None
    assert "Other" == made.title


def test_attrs(conversation: Conversation) -> None:
    """Models are attrs classes."""
    assert attrs.has(Conversation)
    assert "New" == attrs.evolve(conversation, title="New").title


def test_evolve(conversation: Conversation) -> None:
    """What a document does not know is a field to attrs, so that a copy with other values keeps it."""
    made = attrs.evolve(conversation, title="New", additional_properties={"x-new": 2, "y": None})
    kept = attrs.evolve(conversation, title="New")

    assert {**CONVERSATION, "title": "New"}.keys() == kept.to_dict().keys()
    assert CONVERSATION["x-new"] == kept["x-new"]
    assert {"x-new": 2, "y": None} == made.additional_properties
    assert CONVERSATION == conversation.to_dict()
    assert CONVERSATION["x-new"] == attrs.asdict(kept)["additional_properties"]["x-new"]
    assert (
        {}
        == ConversationUser.from_dict(USER).additional_properties
        == attrs.evolve(ConversationUser.from_dict(USER)).additional_properties
    )


def test_unknown_keys_that_are_known() -> None:
    """A key that the document knows is given by its name."""
    with pytest.raises(TypeError, match=r"^ConversationUser\(\) knows 'firstName': give it as first_name$"):
        ConversationUser.of(additional_properties={"firstName": "Ada"})


def test_replace(conversation: Conversation) -> None:
    """``copy.replace`` keeps every other value as it came, be it wrong or missing."""
    came = {"id": 7, "createdAt": "yesterday", "updatedAt": "2023-10-01T12:00:00.1234567Z", "x-new": [1]}
    replaced = Conversation.from_dict(came).__replace__(title="New", mode=ConversationMode.AI)

    assert {**came, "title": "New", "mode": "ai"} == replaced.to_dict()
    assert "title" not in conversation.__replace__(title=UNSET)
    assert "__replace__" in vars(Conversation), "attrs makes none where a class has its own"
    with pytest.raises(TypeError, match=r"^Conversation\(\) has no field 'titel'; did you mean 'title'\?$"):
        conversation.__replace__(titel="New")


@pytest.mark.skipif(sys.version_info < (3, 13), reason="Python 3.13 has copy.replace.")
def test_copy_replace(conversation: Conversation) -> None:
    """Python's own function is the same."""
    replace: Any = vars(copy)["replace"]

    assert conversation.__replace__(title="New") == replace(conversation, title="New")


def test_repr(conversation: Conversation) -> None:
    """A repr shows what is there, decoded."""
    assert repr(conversation).startswith("Conversation(id='c1', conversation_user_id='u1'")
    assert "mode=<ConversationMode.MANUAL: 'manual'>" in repr(conversation)
    assert "'x-new': {'kept': [1, None]}" in repr(conversation)
    assert "title" not in repr(conversation)


def test_other_shapes() -> None:
    """Dates, unions, lists of enums and lists with null."""
    raw = {"day": "2026-01-02", "either": USER, "modes": ["ai", "new"], "many": [USER, None]}
    made = Shapes.from_dict(raw).validate()

    assert date(2026, 1, 2) == made.day
    assert "Ada" == made.either.first_name
    assert ["ai", "new"] == made.modes
    assert isinstance(made.many, list)
    assert made.many[1] is None
    assert 5 == Shapes.from_dict({"either": 5}).either
    assert "?" == Shapes.from_dict({"either": "?"}).either
    assert [] == Shapes.from_dict({"many": []}).many
    assert raw == made.to_dict()
    with pytest.raises(DecodeError, match="one of 2 documented shapes"):
        Shapes.from_dict({"either": "?"}).validate()
    with pytest.raises(DecodeError, match=r"modes\[1\]: expected a value of ConversationMode, not 5"):
        _ = Shapes.from_dict({"modes": ["ai", 5]}).modes
    with pytest.raises(DecodeError, match=r"modes\[0\]: expected a value of ConversationMode, not None"):
        _ = Shapes.from_dict({"modes": [None]}).modes
    made.day = date(2026, 1, 3)
    assert date(2026, 1, 3) == made.day
    assert "2026-01-03" == made.to_dict()["day"]


def test_unix_seconds() -> None:
    """A time in Unix seconds may be given as a datetime, and read as one beside the number."""
    moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    made = NewConversation.of(ts=moment, first_message_ts=1767323045)

    assert {"ts": 1767323045, "firstMessageTS": 1767323045} == made.to_dict()
    assert moment == made.ts_datetime == made.first_message_ts_datetime
    assert made.last_modified_datetime is UNSET
    made.last_modified = moment  # type: ignore[assignment]
    assert 1767323045 == made.last_modified
    made.last_message_ts = None  # type: ignore[assignment]
    assert made.last_message_ts_datetime is None
    with pytest.raises(ValueError, match="has no time zone"):
        NewConversation.of(ts=datetime(2026, 1, 2))


@given(st.datetimes(datetime(1980, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))
def test_either_unit(moment: datetime) -> None:
    """A vendor may write seconds or milliseconds into the same field: both are read as the same moment."""
    seconds = int(moment.timestamp())
    written = [NewConversation.from_dict({"ts": value}) for value in (seconds, seconds * 1000)]

    assert [moment.replace(microsecond=0)] * 2 == [each.ts_datetime for each in written]
    assert [{"ts": seconds}, {"ts": seconds * 1000}] == [each.to_dict() for each in written]


@pytest.mark.parametrize("value", ["soon", 10**30, [], {}])
def test_bad_unix_seconds(value: Any) -> None:
    """An invalid time is a DecodeError when it is read."""
    with pytest.raises(DecodeError, match=r"NewConversation.ts: expected a Unix time"):
        _ = NewConversation.from_dict({"ts": value}).ts_datetime


def test_unsendable() -> None:
    """A value that is no JSON is refused when it is sent."""
    with pytest.raises(TypeError, match="not JSON serializable"):
        VapiCall.of(cost=object()).to_json()


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda children: (
        st.lists(children, max_size=3) | st.dictionaries(st.sampled_from([*CONVERSATION, *USER]), children)
    ),
    max_leaves=20,
)


@given(raw=st.dictionaries(st.sampled_from([*CONVERSATION, "title", "score", "other"]), JSON))
def test_any_object(raw: dict[str, Any]) -> None:
    """Any JSON object is kept to the byte, whatever is read of it, and fails with DecodeError only."""
    made = Conversation.from_json(orjson.dumps(raw))
    for attribute in attrs.fields(Conversation):
        try:
            getattr(made, attribute.name)
        except DecodeError as error:
            assert "Conversation" == error.model
    repr(made)
    try:
        made.validate()
    except DecodeError as error:
        assert str(error)

    assert orjson.dumps(raw) == made.to_json()


@pytest.mark.parametrize("raw", [5, None, "a", [1]])
def test_dict_of_something_else(raw: Any) -> None:
    """What is no JSON object is refused in the words of every other answer that does not fit."""
    with pytest.raises(DecodeError, match=r"^VapiCall: expected an object"):
        VapiCall.from_dict(raw)


def test_repr_of_depth() -> None:
    """A model shows itself, however deep its values are nested."""
    deep = b"[" * 1000 + b"]" * 1000
    made = VapiCall.from_json(b'{"cost":%s,"more":%s}' % (deep, deep))

    assert repr(made).startswith("VapiCall(cost=")
    assert made == VapiCall.from_json(made.to_json())


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda: query(a=[None]), "a: None cannot stand here: leave it out"),
        (lambda: query(a="\ud83d"), r"a: .* holds half of a character"),
        (lambda: query(a=datetime(2024, 1, 1)), "a: .* has no time zone"),
        (lambda: query(a={"b"}), "a: .* is a set"),
        (lambda: joined("a", "b"), r"a: a list is expected, such as \['b'\]"),
        (lambda: joined("a", ["b,c"]), "a: 'b,c' has a comma"),
        (lambda: segment(".."), "would name another resource"),
        (lambda: segment("\ud83d"), "holds half of a character"),
        (lambda: content(VapiCall.of(cost=2**64)), r"^\.cost: .* does not fit in 64 bits"),
        (lambda: content(VapiCall.from_dict({"more": 2**64})), r"^\['more'\]: .* does not fit in 64 bits"),
    ],
)
def test_requests(make: Any, problem: str) -> None:
    """What a path, a query or a body cannot hold is refused with its name."""
    with pytest.raises(EncodeError, match=problem):
        make()

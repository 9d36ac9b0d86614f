"""The base of every generated model.

A model is an attrs class whose attributes are views on the JSON object it was made from. Decoding keeps the object;
reading an attribute looks it up, and a nested model, enum or date is made when it is first read. So the cost follows
what an answer carries and the caller reads, not the hundred fields that a document declares; and every key that the
document does not know, and every value that nobody touched, goes back out as it came.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, KeysView, Mapping
from typing import Any, ClassVar, Final, Self, dataclass_transform

import attrs

from .annotations import Annotations, evaluable
from .jsontext import plain, read, write
from .jsonvalue import EncodeError, Viewed
from .schema import ANY, Mismatch, Schema, from_unix_time
from .unset import UNSET, Unset

# Looked up once, because decoding is a hot path.
_new = object.__new__


class DecodeError(ValueError):
    """JSON that does not fit the document.

    ``model`` is the class that was decoded, ``path`` the place in it (``.user.first_name``, empty for the whole),
    ``problem`` says what was expected and shows the value, shortened.
    """

    def __init__(self, model: str, path: str, problem: str) -> None:
        super().__init__(model, path, problem)
        self.model = model
        self.path = path
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.model}{self.path}: {self.problem}"


class _Field:
    """One property of a document's schema: its JSON key and type, kept in the metadata of the attrs attribute."""

    __slots__ = ("fits", "key", "name", "required", "schema")

    def __init__(self, name: str, key: str, schema: Schema, required: bool) -> None:
        self.name = name
        self.key = key
        self.schema = schema
        self.fits = schema.fits
        self.required = required

    def view(self) -> property:
        key, name = self.key, self.name
        decode, keep, encode = self.schema.decode, self.schema.keep, self.schema.encode

        def put(self: Model, value: Any) -> None:
            if value is UNSET:
                self._raw.pop(key, None)
            else:
                self._raw[key] = value if encode is None else _encoded(name, encode, value)

        if decode is None:

            def get(self: Model) -> Any:
                return self._raw.get(key, UNSET)

            return property(get, put)

        def get_decoded(self: Model) -> Any:
            value = self._raw.get(key, UNSET)
            if value is None or value is UNSET:
                return value
            try:
                decoded = decode(value)
            except Mismatch as error:
                raise DecodeError(type(self).__name__, f".{name}{error.path}", error.problem) from None
            if keep:
                self._raw[key] = decoded
            return decoded

        return property(get_decoded, put)


def field(key: str, schema: Schema, *, default: Unset | None = None) -> Any:
    """Declare a model's attribute: the JSON key it shows, and its type. Without a default it is required."""
    metadata = {"key": key, "schema": schema}
    return attrs.field(metadata=metadata) if default is None else attrs.field(default=default, metadata=metadata)


class _Serializer:
    """The serializer that pydantic uses for a value of unknown type, created on first use."""

    def __get__(self, _: Any, model: type[Model]) -> Any:
        try:
            from .pydanticfield import serializer_of  # noqa: PLC0415 - only pydantic asks
        except ImportError:
            raise AttributeError("pydantic is not installed") from None
        return serializer_of(model)  # type: ignore[arg-type]  # the class has a hash, though its instances have none


@dataclass_transform(kw_only_default=True, eq_default=False, field_specifiers=(field,))
class Model(Viewed):
    """A JSON object that a document describes.

    Attributes read and write the JSON object. An attribute is ``UNSET`` while its key is not there; setting ``UNSET``
    removes the key. Reading from several threads is safe; write from one.
    """

    __slots__ = ()
    _fields: ClassVar[dict[str, _Field]] = {}
    _by_key: ClassVar[dict[str, _Field]] = {}
    _required: ClassVar[frozenset[str]] = frozenset()
    _others: ClassVar[Schema] = ANY
    __attrs_attrs__: ClassVar[Any]
    __pydantic_serializer__: ClassVar[Any] = _Serializer()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for each in vars(cls).values():
            if isinstance(each, property) and each.fget is not None:
                evaluable(each.fget)
        cls.__replace__ = Model.__replace__  # type: ignore[method-assign]  # attrs' own version would decode the values
        attrs.define(cls, slots=False, init=False, repr=False, eq=False)
        cls._fields = {
            a.name: _Field(a.name, a.metadata["key"], a.metadata["schema"], a.default is attrs.NOTHING)
            for a in attrs.fields(cls)
            if a.name != _REST
        }
        cls._by_key = {field.key: field for field in cls._fields.values()}
        cls._required = frozenset(field.key for field in cls._fields.values() if field.required)
        for name, each in cls._fields.items():
            setattr(cls, name, each.view())
        cls.__annotations__ = Annotations(cls.__annotations__, cls.__module__, {})

    def __init__(self, /, **values: Any) -> None:
        self._raw = {}
        fields = type(self)._fields
        if _REST in values:
            self._raw |= self._unknown(values.pop(_REST))
        for name, value in values.items():
            if name not in fields:
                raise TypeError(self._unexpected(name))
            if value is not UNSET:
                key, encode = fields[name].key, fields[name].schema.encode
                self._raw[key] = value if encode is None else _encoded(name, encode, value)
        if not self._required <= self._raw.keys():
            raise TypeError(f"{type(self).__name__}() needs {self._missing()}")

    @classmethod
    def of(cls, /, **fields: Any) -> Self:
        """Call the constructor so that type checkers accept an enum by its value and a date by its text."""
        return cls(**fields)

    @classmethod
    def _view(cls, raw: Any) -> Self:
        """Return a model that uses this decoded JSON object without copying it. Raises ``Mismatch``."""
        if raw.__class__ is not dict:
            raise Mismatch.expected("an object", raw)
        self = _new(cls)
        self._raw = raw
        return self

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """Return a model of a copy of ``raw``, a JSON object with the document's keys. Raises ``DecodeError``."""
        try:
            return cls._view(plain(raw))
        except Mismatch as error:
            raise DecodeError(cls.__name__, "", error.problem) from None

    @classmethod
    def from_json(cls, data: bytes | str) -> Self:
        """Decode one JSON object. Raises ``DecodeError``."""
        try:
            raw = read(data)
        except ValueError as error:
            raise DecodeError(cls.__name__, "", f"not JSON: {error}") from None
        if raw.__class__ is not dict:
            raise DecodeError(cls.__name__, "", Mismatch.expected("an object", raw).problem)
        self = _new(cls)
        self._raw = raw
        return self

    @classmethod
    def nullable_from_json(cls, data: bytes) -> Self | None:
        """Decode one JSON object, or null, which some servers send as an empty body. Raises ``DecodeError``."""
        return None if data.strip() in (b"null", b"") else cls.from_json(data)

    @classmethod
    def list_from_json(cls, data: bytes | str) -> list[Self]:
        """Decode a JSON array of such objects. Raises ``DecodeError``."""
        try:
            items = read(data)
        except ValueError as error:
            raise DecodeError(cls.__name__, "", f"not JSON: {error}") from None
        try:
            if items.__class__ is not list:
                raise Mismatch.expected(f"an array of {cls.__name__}", items)
            return [cls._view(item) for item in items]
        except Mismatch as error:
            raise DecodeError(cls.__name__, error.path, error.problem) from None

    def to_json(self) -> bytes:
        """Return the JSON object as UTF-8, with values from a server unchanged. Raises ``EncodeError``."""
        return write(self)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object as a new dict of plain JSON values."""
        return plain(self)  # type: ignore[no-any-return]

    def validate(self) -> Self:
        """Decode everything now. Raises ``DecodeError`` that names a missing field or one that does not fit."""
        try:
            self._check()
        except Mismatch as error:
            raise DecodeError(type(self).__name__, error.path, error.problem) from None
        return self

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Let pydantic accept a model, or its JSON object, for a field annotated with the class."""
        from .pydanticfield import schema_of  # noqa: PLC0415 - only pydantic calls this

        return schema_of(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> Any:
        """Return the JSON schema of a model, as OpenAPI documents of FastAPI show it."""
        from .pydanticfield import json_schema_of  # noqa: PLC0415 - only pydantic calls this

        return json_schema_of(cls)

    def _check(self) -> None:
        """Do the same as ``validate``, as a step of checking a larger object. Raises ``Mismatch``."""
        raw, by_key, others = self._raw, self._by_key, self._others
        if not self._required <= raw.keys():
            raise Mismatch(f"no {self._missing()}")
        for key, value in raw.items():
            known = by_key.get(key)
            if known is not None and value.__class__ not in known.fits:
                try:
                    known.schema.check(value)
                except Mismatch as error:
                    raise error.inside(f".{known.name}") from None
            elif known is None and others is not ANY:
                try:
                    others.check(value)
                except Mismatch as error:
                    raise error.inside(f"[{key!r}]") from None

    @property
    def additional_properties(self) -> dict[str, Any]:
        """The values under other keys than those of the properties. Raises ``DecodeError`` if one does not fit.

        To attrs it is a field, so that ``attrs.evolve`` keeps it.
        """
        found = {key: value for key, value in self._raw.items() if key not in self._by_key}
        decode, keep = self._others.decode, self._others.keep
        if decode is None:
            return found
        for key, value in found.items():
            try:
                found[key] = decode(value)
            except Mismatch as error:
                raise DecodeError(type(self).__name__, f"[{key!r}]{error.path}", error.problem) from None
            if keep:
                self._raw[key] = found[key]
        return found

    def _is_listed(self) -> bool:
        """Return whether every field with listed values has one of them or is missing."""
        return all(
            each.schema.is_listed is None or key not in self._raw or each.schema.is_listed(self._raw[key])
            for key, each in self._by_key.items()
        )

    def __copy__(self) -> Self:
        """Return a shallow copy, which shares nested values."""
        return self._view(self._raw.copy())

    def __replace__(self, /, **changes: Any) -> Self:
        """Return a copy with other attributes, for ``copy.replace``. All other values stay as they are.

        Raises ``TypeError`` for a name that is not an attribute.
        """
        made = self.__copy__()
        for name, value in changes.items():
            if name not in self._fields:
                raise TypeError(self._unexpected(name))
            setattr(made, name, value)
        return made

    def __deepcopy__(self, _: Any) -> Self:
        """Return a deep copy, which shares nothing."""
        return self._view(plain(self._raw))

    def __getitem__(self, key: str) -> Any:
        """Return the plain JSON value of a key, as in ``to_dict()``: nested objects and arrays are copies."""
        return plain(self._raw[key])

    def __contains__(self, key: object) -> bool:
        return key in self._raw

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def keys(self) -> KeysView[str]:
        """Return the keys that are present, so that ``dict(model)`` equals ``to_dict()``."""
        return self._raw.keys()

    def _step(self, key: str) -> str:
        return f".{self._by_key[key].name}" if key in self._by_key else f"[{key!r}]"

    def __repr__(self) -> str:
        shown = [f"{each.name}={_repr(_shown(self, each))}" for each in self._fields.values() if each.key in self._raw]
        shown += [f"{key!r}: {_repr(value)}" for key, value in self.additional_properties.items()]
        return f"{type(self).__name__}({', '.join(shown)})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Model) or type(other) is not type(self):
            return False
        try:
            return self.to_dict() == other.to_dict()
        except RecursionError:  # too deep for Python to compare
            return self.to_json() == other.to_json()

    __hash__ = None  # type: ignore[assignment]

    def _missing(self) -> str:
        return ", ".join(each.name for each in self._fields.values() if each.required and each.key not in self._raw)

    def _unknown(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the keys that the document does not know. Raises ``TypeError`` for one that it knows."""
        for key in given:
            if key in self._by_key:
                raise TypeError(f"{type(self).__name__}() knows {key!r}: give it as {self._by_key[key].name}")
        return dict(given)

    def _unexpected(self, name: str) -> str:
        near = difflib.get_close_matches(name, self._fields, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        return f"{type(self).__name__}() has no field {name!r}{hint}"


# attrs' own field, for a value that is not a property of the document.
_REST: Final = "additional_properties"
attrs.define(
    Model, these={_REST: attrs.field(kw_only=True, factory=dict)}, slots=False, init=False, repr=False, eq=False
)


def moment(model: Model, name: str) -> Any:
    """Return an attribute with a Unix time as a ``datetime`` in UTC. Raises ``DecodeError``."""
    try:
        return from_unix_time(getattr(model, name))
    except Mismatch as error:
        raise DecodeError(type(model).__name__, f".{name}", error.problem) from None


def _shown(model: Model, each: _Field) -> Any:
    try:
        return getattr(model, each.name)
    except DecodeError:
        return model._raw[each.key]


def _repr(value: Any) -> str:
    try:
        return repr(value)
    except RecursionError:  # too deep for Python to show
        return "..."


def _encoded(name: str, encode: Callable[[Any], Any], value: Any) -> Any:
    try:
        return encode(value)
    except EncodeError as error:
        raise error.inside(f".{name}") from None

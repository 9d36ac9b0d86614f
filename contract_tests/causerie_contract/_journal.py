"""The journal of what a live run created, written to the disk before anything else happens: JSON Lines, each synced."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import attrs


@attrs.frozen
class Run:
    """The run of a journal. `id` is part of everything that the run creates; `user` (a UUID) belongs only to it."""

    id: str
    vendor: str
    base_url: str
    user: str

    @classmethod
    def new(cls, vendor: str, base_url: str) -> Self:
        """Return a run with a unique id, whatever the seed, since the items of an earlier run may still exist."""
        return cls(uuid.uuid4().hex[:12], vendor, base_url, str(uuid.uuid4()))

    @property
    def tag(self) -> str:
        """The text in everything that the run creates."""
        return f"causerie-contract {self.id}"


@attrs.define
class _Made:
    """One request that writes."""

    operation: str
    #: The values in its path.
    path: dict[str, str]
    #: What its answer named; None while no answer was seen.
    ids: tuple[str, ...] | None = None


@attrs.define
class Journal:
    """The journal of one run: an `intent` before a request that writes, and `made` after its answer.

    Then `deleted` for each thing that the server said it removed, and `removed` when it is shown that all are gone.
    """

    path: Path
    run: Run
    _made: list[_Made] = attrs.field(factory=list["_Made"])
    removed: bool = False
    _deleted: set[tuple[str, str]] = attrs.field(factory=set[tuple[str, str]])
    _mask: Callable[[str], str] = attrs.field(default=str, alias="mask")

    @staticmethod
    def check(path: Path) -> None:
        """Raise `ValueError` when no journal can be begun there; nothing is left of the attempt.

        A file that is there already may be all that is known of an earlier run.
        """
        _make(path)
        path.unlink()

    @classmethod
    def create(cls, path: Path, run: Run, mask: Callable[[str], str] = str) -> Self:
        """Begin a journal. Raises `ValueError` as `check` does."""
        _make(path)
        journal = cls(path, run, mask=mask)
        journal._write({"event": "run", "id": run.id, "vendor": run.vendor, "base_url": run.base_url, "user": run.user})
        return journal

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the journal of an earlier run. Raises `ValueError` when the file is not one."""
        try:
            *lines, torn = path.read_text(encoding="utf-8").split("\n")
            first, *events = map(json.loads, lines)
            run = Run(first["id"], first["vendor"], first["base_url"], str(uuid.UUID(first["user"])))
            journal = cls(path, run)
            for event in events:
                journal._apply(event)
        except OSError as error:
            raise ValueError(f"--journal: {path} cannot be read: {error.strerror}.") from None
        except (ValueError, LookupError, TypeError):
            raise ValueError(f"--journal: {path} is not the journal of a run.") from None
        if torn:  # half a line, from a crash of the machine; what it says was not done yet, or has its intent
            os.truncate(path, path.stat().st_size - len(torn.encode()))
        return journal

    @property
    def count(self) -> int:
        """Return how many things answers have named."""
        return sum(len(made.ids or ()) for made in self._made)

    def ids(self, operation: str) -> tuple[str, ...]:
        """Return the ids that answers of `operation` named."""
        return tuple(made_id for _, made_id in self.places(operation))

    def places(self, operation: str) -> tuple[tuple[Mapping[str, str], str], ...]:
        """Return the ids that answers of `operation` named, each with the values in the path of its request."""
        return tuple((made.path, each) for made in self._made if made.operation == operation for each in made.ids or ())

    def unanswered(self, operation: str) -> tuple[Mapping[str, str], ...]:
        """Return the path values of those requests of `operation` that may have been sent, and had no answer."""
        return tuple(made.path for made in self._made if made.operation == operation and made.ids is None)

    def intend(self, operation: str, path: Mapping[str, str] | None = None) -> int:
        """Note that a request of `operation` is about to be sent, with these values in its path; return its number."""
        self._note({"event": "intent", "operation": operation, "path": dict(path or {})})
        return len(self._made) - 1

    def made(self, number: int, ids: Sequence[str]) -> None:
        """Note that the answer to an intended request named `ids`, or nothing."""
        self._note({"event": "made", "number": number, "ids": list(ids)})

    def paths(self, operation: str) -> tuple[Mapping[str, str], ...]:
        """Return the path values of all requests of `operation` that may have been sent, without repetitions."""
        paths = [made.path for made in self._made if made.operation == operation]
        return tuple(path for index, path in enumerate(paths) if path not in paths[:index])

    def has_deleted(self, operation: str, made_id: str) -> bool:
        """Say whether the server reported that `operation` removed `made_id`."""
        return (operation, made_id) in self._deleted

    def deleted(self, operation: str, made_id: str) -> None:
        """Note that the server reports that `operation` removed `made_id`."""
        self._note({"event": "deleted", "operation": operation, "id": made_id})

    def gone(self) -> None:
        """Note that everything that the run created is removed, as far as possible."""
        self._note({"event": "removed"})

    def _note(self, event: dict[str, Any]) -> None:
        self._write(event)
        self._apply(event)

    def _apply(self, event: dict[str, Any]) -> None:
        match event["event"]:
            case "intent":
                self._made.append(_Made(event["operation"], event["path"]))
                self.removed = False
            case "made":
                self._made[event["number"]].ids = tuple(event["ids"])
            case "deleted":
                self._deleted.add((event["operation"], event["id"]))
            case "removed":
                self.removed = True
            case unknown:
                raise ValueError(unknown)

    def _write(self, event: dict[str, Any]) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(self._mask(json.dumps(event)) + "\n")
            file.flush()
            os.fsync(file.fileno())


def _make(path: Path) -> None:
    """Make an empty file that is there even if the machine fails. Raises `ValueError` when that cannot be done."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except FileExistsError:
        raise ValueError(
            f"--journal: {path} is there already. When it is an earlier run's, --resume-cleanup removes what that run "
            "made; give this run another file."
        ) from None
    except OSError as error:
        raise ValueError(
            f"--journal: {path} cannot be made: {error.strerror}; name a new file in a folder that is there."
        ) from None

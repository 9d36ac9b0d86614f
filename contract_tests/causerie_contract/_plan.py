"""The plan of a live run: the operations that it uses, and the description that it prints first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from causerie_spec.documents import operations

from . import _cleanup
from ._base_url import host_of
from ._guard import SAFE
from ._limits import RATE, Limits
from ._marks import billed, reaching
from ._scope import only
from ._settings import Live, Settings
from ._vendor import vendor_of


def narrowed(vendor: str, document: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """Return `document` with only the operations that a live run uses: free ones that read, and those that it names.

    Raises `ValueError` when one of these cannot be used so.
    """
    live = settings.live or Live()
    known = operations(document)
    left_out = _left_out(vendor, document, settings)
    used = {name for name, (method, _) in known.items() if method in SAFE and name not in left_out} | set(live.write)
    for name in live.write:
        _check_write(vendor, document, name, live)
    for name in live.bill:
        _check_bill(document, name)
    if not used:
        raise ValueError(f"{vendor} has no operation that only reads: --live does nothing there without --write.")
    if settings.operations:
        used &= {*settings.operations}
        if not used:
            raise ValueError("--operations names none that a live run uses; what writes is named with --write.")
    return only(document, used)


def share(document: dict[str, Any], settings: Settings) -> int:
    """Return how many requests each operation of a narrowed `document` gets."""
    live = settings.live or Live()
    return max(1, min(settings.max_examples, live.budget // len(operations(document))))


def plan(vendor: str, document: dict[str, Any], base_url: str, variable: str, settings: Settings) -> list[str]:
    """Return a description of what a run will do, to show beforehand. Raises `ValueError` when it cannot be done."""
    live = settings.live or Live()
    host = host_of(base_url)
    narrow = narrowed(vendor, document, settings)
    reads = [name for name in operations(narrow) if name not in live.write]
    limits = Limits.of(document, live)
    lines = [
        f"live: {vendor} at {host}, with the credential in {variable}",
        f"  reads: {', '.join(reads) or 'nothing'}",
        *(f"  leaves out {name}, {why}" for name, why in _left_out(vendor, document, settings).items()),
        f"  writes: {', '.join(live.write) or 'nothing'}",
        f"  sends at most {live.budget} requests, {limits}, for at most {live.seconds:g} s",
    ]
    allowed = Limits.of(document, Live()).rate
    if allowed < RATE and live.rate is None:
        lines.append("  takes these limits from the document, as for an account that pays least; --rate has another")
    elif limits.rate > allowed < RATE:
        lines.append(f"  is faster than the {allowed:g} a second that the document has for an account that pays least")
    lines += [
        f"  may be billed for {name}: {why}" for name, why in billed(document).items() if name in operations(narrow)
    ]
    if live.write:
        lines += _afterwards(vendor, narrow, limits, settings)
    reached, writes = [name for name in live.write if name in reaching(document)], vendor_of(vendor).writes
    lines += [f"  reaches nobody by {name}: {why}" for name in reached if (why := writes[name].harmless)]
    if any(not writes[name].harmless for name in reached):
        lines.append(f"  may reach {', '.join(live.recipients)}")
    return lines


def _afterwards(vendor: str, narrow: dict[str, Any], limits: Limits, settings: Settings) -> Iterator[str]:
    """Yield sentences about what happens to the items that the run creates."""
    live = settings.live or Live()
    removals = [each for each in vendor_of(vendor).removals if each.made_by in live.write]
    if removals:
        more = _cleanup.most(removals, share(narrow, settings))
        seconds = _cleanup.seconds(more, limits, live.budget)
        yield f"  then at most {more} more in {seconds:.0f} s to remove what it made, and to see that it is gone"
        yield (
            "  accepts that something stays which the vendor does not remove: --leave"
            if live.leave
            else "  fails when it does not see that; --leave accepts it"
        )
    yield f"  notes what it makes in {live.journal}"
    staying = [name for name in live.write if vendor_of(vendor).writes[name].stays]
    if staying:
        yield f"  leaves what {', '.join(staying)} makes"


def _left_out(vendor: str, document: dict[str, Any], settings: Settings) -> dict[str, str]:
    """Say why operations are left out: reads that would guess, cost or reach somebody, and what else is billed."""
    live = settings.live or Live()
    known = operations(document)
    aimless = {
        name: f"which needs --parameter {' or '.join(parameters)}"
        for name, (parameters, sources) in vendor_of(vendor).needs.items()
        if name in known and not set(parameters) & settings.parameters.keys() and not set(sources) & set(live.write)
    }
    costing = {
        name: f"which is billed ({why}); --{_option(document, name)} {name} has it called"
        for name, why in billed(document).items()
        if name not in (*live.write, *live.bill)
    }
    met = {name: "which reaches people" for name in known if name in reaching(document) and _reads(document, name)}
    return aimless | costing | met


def _reads(document: dict[str, Any], name: str) -> bool:
    return operations(document)[name][0] in SAFE


def _option(document: dict[str, Any], name: str) -> str:
    return "bill" if _reads(document, name) else "write"


def _check_write(vendor: str, document: dict[str, Any], name: str, live: Live) -> None:
    known = vendor_of(vendor)
    write = known.writes.get(name)
    if name in {removal.operation for removal in known.removals}:
        raise ValueError(f"--write: {name} cannot be named; it is how a run removes what it made.")
    if write is None or name not in operations(document):
        raise ValueError(
            f"--write: {name} is no operation of {vendor} that writes; {', '.join(known.writes)} are. One that reads "
            "and is billed is named with --bill."
        )
    if write.inside is not None and write.inside[0] not in live.write:
        raise ValueError(f"--write: {name} works in what the run made; name {write.inside[0]} too.")
    if write.after and not set(write.after) & set(live.write):
        raise ValueError(f"--write: {name} is about what the run made; name {' or '.join(write.after)} too.")
    if name in reaching(document) and not write.harmless and not live.recipients:
        raise ValueError(f"--write: {name} reaches people; name those it may reach with --allow-recipient.")
    if write.stays and not live.leave:
        raise ValueError(f"--write: no operation removes what {name} makes; --leave says that it may stay.")


def _check_bill(document: dict[str, Any], name: str) -> None:
    costing = [each for each in billed(document) if _reads(document, each)]
    if name not in costing:
        raise ValueError(
            f"--bill: {name} is no operation that reads and is billed; {', '.join(costing) or 'none'} is. "
            "One that writes is named with --write, and what is free with nothing."
        )

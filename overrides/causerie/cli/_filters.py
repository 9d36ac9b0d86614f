"""The options for the filters of an export."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import click

from .._vendor import Export, Filter
from ._parameters import Moment, Text


def filter_options(kind: Export) -> Mapping[str, click.Option]:
    """Return an option for each filter, by the filter's name."""
    return {name: _option(name, each) for name, each in kind.filters.items()}


def _option(name: str, kind: Filter) -> click.Option:
    declared = [f"--{name.replace('_', '-')}"]
    if kind.kind is bool:
        return click.Option(declared, is_flag=True, help=kind.summary)
    if kind.kind is datetime:
        return click.Option(declared, type=Moment(seconds=False), metavar="TIME", help=kind.summary)
    return click.Option(declared, type=Text(), metavar="TEXT", help=kind.summary)

"""``causerie completion``: what a shell needs to complete commands, options and values."""

from __future__ import annotations

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

_SHELLS: dict[str, type[ShellComplete]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}


@click.command
@click.argument("shell", type=click.Choice(list(_SHELLS)))
def completion(shell: str) -> None:
    """Print the script that completes commands, options and values in a shell.

    \b
    in ~/.bashrc:                   eval "$(causerie completion bash)"
    in ~/.zshrc:                    eval "$(causerie completion zsh)"
    in ~/.config/fish/config.fish:  causerie completion fish | source
    """
    root = click.get_current_context().find_root().command
    click.echo(_SHELLS[shell](root, {}, "causerie", "_CAUSERIE_COMPLETE").source())

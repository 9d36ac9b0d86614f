"""``palaver completion``: what a shell needs to complete commands, options and values."""

from __future__ import annotations

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

_SHELLS: dict[str, type[ShellComplete]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}


@click.command
@click.argument("shell", type=click.Choice(list(_SHELLS)))
def completion(shell: str) -> None:
    """Print the script that completes commands, options and values in a shell.

    \b
    in ~/.bashrc:                   eval "$(palaver completion bash)"
    in ~/.zshrc:                    eval "$(palaver completion zsh)"
    in ~/.config/fish/config.fish:  palaver completion fish | source
    """
    root = click.get_current_context().find_root().command
    click.echo(_SHELLS[shell](root, {}, "palaver", "_PALAVER_COMPLETE").source())

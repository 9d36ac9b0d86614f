"""``python -m causerie`` is the command ``causerie``."""

from .cli import main

main()

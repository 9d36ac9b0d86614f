"""Runs the command ``causerie`` as ``python -m causerie``."""

from .cli import main

if __name__ == "__main__":
    main()

"""``python -m causerie`` is the command ``causerie``."""

from .cli import main

if __name__ == "__main__":
    main()

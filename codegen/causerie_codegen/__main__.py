"""``python -m causerie_codegen`` is ``causerie-generate``."""

import sys

from . import main

sys.exit(main())

"""`python -m timeline_app`: the command line."""
from __future__ import annotations

import sys

from timeline_app.cli import main

sys.exit(main())

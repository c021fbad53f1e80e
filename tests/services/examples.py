"""How many examples a property test tries: its usual number, or as many as one asks for."""

from __future__ import annotations

import os


def examples(usual: int) -> int:
    """The usual number, or what BOXOFFICE_EXAMPLES says."""
    return int(os.environ.get("BOXOFFICE_EXAMPLES", usual))

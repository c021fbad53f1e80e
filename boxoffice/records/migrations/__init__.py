"""Hand-written steps from one version of the records to the next; a step never changes again.

Each step is a module with SHARED, WINDOW and CENTRAL statements: what both files get, and what
only one of them gets. The number of the last step is the version of the file (user_version).
"""

from __future__ import annotations

from types import ModuleType

from boxoffice.records.migrations import m0001_first

STEPS: tuple[ModuleType, ...] = (m0001_first,)
VERSION = len(STEPS)

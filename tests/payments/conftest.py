"""The host of an acquirer, for card terminals of every kind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from boxoffice.rehearsal.gateways.card_host import CardHost


@pytest.fixture
def host() -> Iterator[CardHost]:
    """One that answers over TCP on this computer."""
    with CardHost() as made:
        yield made

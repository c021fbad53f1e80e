"""Whether tickets of a session may be sold at all: it is still to come, and was not called off."""

from __future__ import annotations

from collections.abc import Iterable

from boxoffice import clock
from boxoffice.errors import SessionCalledOff, SessionOver
from boxoffice.queries import catalogue
from boxoffice.queries.catalogue import SessionTerms
from boxoffice.records.store import Store


def require(store: Store, session_id: int) -> SessionTerms:
    """The terms of a session that is on sale. Raises SessionOver or SessionCalledOff."""
    terms = catalogue.session_terms(store, session_id)
    if terms.business_day < clock.business_day(clock.now()).isoformat():
        raise SessionOver(session_zh=terms.name_zh, session_en=terms.name_en)
    _require_held(terms)
    return terms


def require_held(store: Store, session_ids: Iterable[int]) -> None:
    """That none of these sessions was called off. Raises SessionCalledOff."""
    for session_id in sorted(set(session_ids)):
        _require_held(catalogue.session_terms(store, session_id))


def _require_held(terms: SessionTerms) -> None:
    if terms.called_off:
        raise SessionCalledOff(session_zh=terms.name_zh, session_en=terms.name_en)

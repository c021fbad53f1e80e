"""All of the money outside as central has it now, for who looks after it."""

from __future__ import annotations

from dataclasses import dataclass

from boxoffice import clock
from boxoffice.queries import money_days, transfers
from boxoffice.queries.cases import CaseRow
from boxoffice.queries.money_days import MoneyDay
from boxoffice.queries.transfers import TransferLine
from boxoffice.records.store import Store
from boxoffice.services.money import bank_folder
from boxoffice.services.office import Office


@dataclass(frozen=True, slots=True)
class MoneyView:
    """Days with their bills, and transfers; both with what needs doing first."""

    days: tuple[MoneyDay, ...]
    transfers: tuple[TransferLine, ...]
    bank_set_up: bool
    """Whether this home says which account transfers are paid from."""


def look(office: Office) -> MoneyView:
    """Raises CentralUnreachable, BadSetting."""
    today = clock.venue(clock.now()).date()

    def read(store: Store) -> tuple[list[MoneyDay], list[TransferLine]]:
        with store.one_moment():
            return money_days.days(store, today), transfers.transfers(store)

    days, lines = office.link.call(lambda store, _: read(store))
    return MoneyView(tuple(days), tuple(lines), bank_folder.is_set_up(office.home))


def exceptions(office: Office, bill: str) -> list[CaseRow]:
    """What a bill and the ledger do not agree on. Raises CentralUnreachable."""
    return office.link.call(lambda store, _: money_days.exceptions(store, bill))

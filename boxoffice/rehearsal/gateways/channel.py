"""The statement of a day as a simulated sales channel sends it: what we sold and asked of it.

It keeps no book: a channel that does what it is asked agrees with the ledger. The columns are those
of the sample mapping in resources/acquirers.
"""

from __future__ import annotations

from datetime import date

from boxoffice import clock
from boxoffice.bank.bill import Kind, Period
from boxoffice.domain.money import format_yuan
from boxoffice.queries import reconciling
from boxoffice.records.store import Store

HEAD = "订单号,渠道流水号,类型,票款,佣金,结算金额,日期"
_WORDS = {Kind.CHARGE: "销售", Kind.REFUND: "退票"}


def channel_statement(store: Store, day: date) -> bytes | None:
    """All channels of a day in one file, read at central; None where nothing moved."""
    found = reconciling.our_rows(store, reconciling.ANY_CHANNEL, Period(day, day), (), "")
    rows = [row for row in found if clock.venue(row.at).date() == day]
    if not rows:
        return None
    lines = [HEAD]
    for count, row in enumerate(sorted(rows, key=lambda row: (row.at, row.number, row.kind)), 1):
        amount = _plain(row.fen)
        reference = f"CH{day:%Y%m%d}{count:05d}"
        said = (row.number, reference, _WORDS[row.kind], amount, "0.00", amount, day.isoformat())
        lines.append(",".join(said))
    net = _plain(sum(row.signed_fen for row in rows))
    lines.append(f"合计,,,{net},0.00,{net},")
    return ("\r\n".join(lines) + "\r\n").encode()


def _plain(fen: int) -> str:
    return format_yuan(fen).replace(",", "")

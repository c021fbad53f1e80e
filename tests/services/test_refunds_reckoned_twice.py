"""Policies nobody wrote for us: every quote is reckoned once more, from the file, by other means.

More examples with BOXOFFICE_EXAMPLES=500.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from boxoffice import clock
from boxoffice.errors import NoRefund
from boxoffice.queries import refunds
from boxoffice.services.sales import holds
from tests.faults.acts import broken, name_all, pay, rows
from tests.homes import AtWork, at_work, small_home
from tests.services.examples import examples
from tests.services.return_acts import at, drawer, lines, policy, refund, session

SOLD = at("2025-09-10T10:00:00")
VERSIONS = ("2025-08-01", "2025-09-09", "2025-09-10", "2025-09-11", "2025-09-20")
MOMENTS = (
    "2025-09-12T12:00:00",
    "2025-09-15T23:59:59",
    "2025-09-20T00:00:00",
)
STARTS = ("2025-09-16T10:00", "2025-09-20T19:30", "2025-09-21T08:15")
PRICES = {"A": 68_000, "B": 28_000, "Companion": 0}
PLACES = (
    ("A", 1, 5),
    ("A", 1, 6),
    ("B", 3, 5),
    ("B", 3, 6),
    ("Companion", 4, 9),
    ("Companion", 4, 10),
)


@dataclass(frozen=True)
class Step:
    """A line of a policy as it is written."""

    hours: str
    moment: str
    inclusive: str
    percent: str
    yuan: str
    per: str
    whole: str

    def line(self, name: str, valid_from: str) -> str:
        moment = f"{self.moment}+08:00" if self.moment else ""
        cells = (name, valid_from, self.hours, moment, self.inclusive, self.percent, self.yuan)
        return ",".join((*cells, self.per, self.whole, "说明", "note"))

    def end(self, starts: datetime) -> datetime:
        if self.moment:
            return at(self.moment)
        return starts - timedelta(hours=int(self.hours))

    def over(self, starts: datetime, now: datetime) -> bool:
        """Counted in whole seconds of the clock on the wall."""
        left = int(self.end(starts).timestamp()) - int(now.timestamp())
        return left < 0 if self.inclusive == "yes" else left <= 0


def steps(times: st.SearchStrategy[tuple[str, str]]) -> st.SearchStrategy[Step]:
    return st.builds(
        lambda when, *rest: Step(*when, *rest),
        times,
        st.sampled_from(["yes", "no"]),
        st.sampled_from(["0", "20", "20.6", "33.33", "99.99", "100", "none"]),
        st.sampled_from(["", "", "0", "0.01", "5", "250", "1000"]),
        st.sampled_from(["ticket", "order"]),
        st.sampled_from(["no", "no", "yes"]),
    )


HOURS = st.sampled_from(["0", "1", "24", "72", "100"]).map(lambda hours: (hours, ""))
AT = st.sampled_from(MOMENTS).map(lambda moment: ("", moment))
VERSION = st.one_of(
    *(
        st.lists(steps(times), min_size=1, max_size=4, unique_by=lambda s: (s.hours, s.moment))
        for times in (HOURS, AT, st.one_of(HOURS, AT))
    ),
)
POLICY = st.dictionaries(st.sampled_from(VERSIONS), VERSION, min_size=1, max_size=3)


def in_force(policy: dict[str, list[Step]], starts: datetime, now: datetime) -> Step | str:
    """The line that counts for what was sold, or why nothing goes back."""
    begun = [day for day in policy if day <= "2025-09-10"]
    if not begun:
        return "policy"
    version = list(policy[max(begun)])
    if all(s.hours for s in version) or all(s.moment for s in version):
        version.sort(key=lambda s: (s.end(starts), s.inclusive == "yes"))
    left = [s for s in version if not s.over(starts, now)]
    if not left:
        return "over"
    return "tier" if left[0].percent == "none" else left[0]


def fen(yuan: str) -> int:
    return int(Fraction(yuan or "0") * 100)


def fee(step: Step, price: int) -> int:
    exact = Fraction(price) * Fraction(step.percent or "0") / 100
    rounded = int(exact + Fraction(1, 2))
    return min(rounded + fen(step.yuan), price)


def fees(step: Step, prices: list[int]) -> tuple[int, list[tuple[int, int]]]:
    """The whole fee, and between what each ticket's may lie."""
    if step.per == "ticket":
        each = [fee(step, price) for price in prices]
        return sum(each), [(one, one) for one in each]
    whole = fee(step, sum(prices))
    shares = [Fraction(whole * price, sum(prices) or 1) for price in prices]
    return whole, [(int(share), -int(-share // 1)) for share in shares]


@settings(max_examples=examples(12))
@given(
    found=POLICY,
    starts=st.sampled_from(STARTS),
    moved=st.sampled_from(["", "", "08:15", "14:45", "23:00"]),
    bought=st.lists(st.integers(0, len(PLACES) - 1), min_size=1, max_size=4, unique=True),
    back=st.integers(0, 15),
    when=st.tuples(st.integers(0, 6), st.sampled_from([-1.0, 0.0, 0.5, 1.0, 3600.0])),
)
def test_any_policy_is_kept_to_the_second_and_the_fen(
    found: dict[str, list[Step]],
    starts: str,
    moved: str,
    bought: list[int],
    back: int,
    when: tuple[int, float],
) -> None:
    with TemporaryDirectory() as name, at_work(small_home(Path(name))) as work:
        folder = Path(name)
        written = [step.line("odd", day) for day, version in found.items() for step in version]
        policy(work, folder, *written)
        session(work, folder, "X1", starts, "odd")
        clock.use(lambda: SOLD)
        places = [PLACES[n] for n in bought]
        order = sell(work, places)
        start = at(starts)
        if moved:
            start = move(work, folder, f"{starts[:10]}T{moved}")
        ends = sorted({step.end(start) for version in found.values() for step in version})
        now = max(ends[when[0] % len(ends)] + timedelta(seconds=when[1]), SOLD)
        clock.use(lambda: now)
        chosen = [n for n in range(len(places)) if back >> n & 1] or list(range(len(places)))
        _compare(work, order, found, start, now, [PRICES[p[0]] for p in places], chosen)


def _compare(
    work: AtWork,
    order: str,
    found: dict[str, list[Step]],
    start: datetime,
    now: datetime,
    prices: list[int],
    chosen: list[int],
) -> None:
    wanted = in_force(found, start, now)
    every = lines(work, order)
    ids = [every[n] for n in chosen]
    if isinstance(wanted, Step) and wanted.whole == "yes" and len(ids) < len(every):
        wanted = "whole_order"
    event(wanted if isinstance(wanted, str) else f"fee per {wanted.per}")
    held = drawer(work)
    if isinstance(wanted, str):
        with pytest.raises(NoRefund) as refused:
            refund(work, order, ids)
        assert refused.value.fields["why"] == wanted
        assert drawer(work) == held
        return
    quote = work.office.read(lambda store: refunds.quote(store, order, ids, now))
    whole, each = fees(wanted, [prices[n] for n in chosen])
    assert quote.fee_fen == whole
    for part, n, (least, most) in zip(quote.lines, chosen, each, strict=True):
        assert least <= part.fee_fen <= most
        assert part.fee_fen + part.amount_fen == prices[n]
        assert (part.tier.note_zh, part.tier.valid_from) == ("说明", part.tier.valid_from)
    done = refund(work, order, ids, approval=None) if not needs_second(work, quote) else None
    if done is not None:
        assert (done.fee_fen, done.cash_fen) == (whole, sum(prices[n] for n in chosen) - whole)
        assert drawer(work) == held - done.cash_fen
        assert broken(work) == ()


def needs_second(work: AtWork, quote: refunds.Quote) -> bool:
    gates = any(quote.at >= part.line.gates_open for part in quote.lines)
    return gates or quote.amount_fen > work.office.settings.refund_limit_fen


def sell(work: AtWork, places: list[tuple[str, int, int]]) -> str:
    basket = holds.take_seats(
        office=work.office,
        desk=work.desk,
        session_id=work.session("X1"),
        seat_ids=[work.seat(row, number) for _, row, number in places],
        basket=None,
    )
    name_all(work, basket)
    pay(work, basket)
    found = rows(
        work, "SELECT price_fen FROM order_line WHERE order_id = ? ORDER BY position", basket
    )
    assert [row[0] for row in found] == [PRICES[level] for level, _, _ in places]
    return basket


def move(work: AtWork, folder: Path, starts: str) -> datetime:
    """The session begins at another time of its day."""
    session(work, folder, "X1", starts, "odd")
    (found,) = rows(work, "SELECT starts_at FROM session WHERE code = 'X1'")
    assert clock.from_text(found[0]) == at(starts)
    return at(starts)

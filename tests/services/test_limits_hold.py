"""Whatever is done at a window, in whatever order: no limit is ever passed."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from hypothesis import given, settings
from hypothesis import strategies as st

from boxoffice import bootstrap
from boxoffice.errors import DocumentUsed, LimitReached, SeatTaken
from boxoffice.services.sales import holds, orders
from boxoffice.settings import Home
from boxoffice.verify.proof import prove
from tests.homes import SEATS, AtWork, at_work, resident_id, small_home
from tests.services.examples import examples
from tests.services.limiting import DOCUMENT, PHONE, TURN, buyer, passes, pay, rule, take, view


@cache
def _limited() -> Path:
    """A small home with a limit of every kind, made once."""
    folder = Path(mkdtemp(prefix="boxoffice-test-"))
    home = small_home(folder)
    with at_work(home) as work:
        rule(
            work,
            f"{DOCUMENT},2025-09-01,,3",
            f"{DOCUMENT},2025-09-01,Oak,1",
            f"{PHONE},2025-09-01,,4",
            f"{TURN},2025-09-01,,3",
            f"{TURN},2025-09-01,O2,2",
            "capacity_cap,2025-09-01,O2,1;5",
        )
    return home.path


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("seat"), st.sampled_from(["O1", "O2"]), st.integers(1, SEATS)),
        st.tuples(st.just("pass"), st.integers(1, 2), st.just(0)),
        st.tuples(st.just("person"), st.integers(60, 63), st.just(0)),
        st.tuples(st.just("phone"), st.integers(1, 2), st.just(0)),
        st.tuples(st.just("pay"), st.just(0), st.just(0)),
        st.tuples(st.just("clear"), st.just(0), st.just(0)),
    ),
    max_size=25,
)


def _act(work: AtWork, basket: str | None, act) -> str | None:
    name, what, more = act
    if name == "seat":
        return take(work, (2 if what == "O2" else 3, more), session=what, into=basket)
    if name == "pass":
        return passes(work, what, into=basket)
    if basket is None:
        return None
    if name == "person":
        waiting = [line for line in view(work, basket).lines if not line.document]
        for line in waiting[:1]:
            orders.set_attendee(
                office=work.office,
                desk=work.desk,
                basket=basket,
                line_id=line.id,
                name="",
                document_type="resident_id",
                document=resident_id(what),
            )
    elif name == "phone":
        buyer(work, basket, f"1990000001{what}")
    elif name == "pay" and not view(work, basket).documents_wanted:
        pay(work, basket)
        return None
    elif name == "clear":
        holds.abandon(office=work.office, desk=work.desk, basket=basket)
        return None
    return basket


COUNTED = (
    "FROM order_line l JOIN orders o ON o.id = l.order_id JOIN session s ON s.id = l.session_id "
    "WHERE l.status = 'sold'"
)


@settings(max_examples=examples(20))
@given(acts=ACTS)
def test_whatever_is_sold_no_limit_is_passed(acts):
    with TemporaryDirectory() as folder:
        home = Home(Path(shutil.copytree(_limited(), Path(folder) / "home")))
        with at_work(home) as work:
            basket = None
            for act in acts:
                try:
                    basket = _act(work, basket, act)
                except (LimitReached, SeatTaken, DocumentUsed):
                    continue

            def most(by: str, where: str = "") -> int:
                sql = f"SELECT count(*) {COUNTED} {where} GROUP BY {by}"
                return max((row[0] for row in work.office.read(lambda s: s.all(sql))), default=0)

            new = "AND o.channel = 'window'"
            assert most("l.document_hash", f"{new} AND l.document_hash <> ''") <= 3
            assert (
                most("l.document_hash", f"{new} AND l.document_hash <> '' AND s.code <> 'G1'") <= 1
            )
            assert most("o.phone_hash", f"{new} AND o.phone_hash <> ''") <= 4
            assert most("o.id", new) <= 3
            assert most("o.id", f"{new} AND s.code = 'O2'") <= 2
            assert most("s.id", f"{new} AND s.code = 'O2'") <= 5
        with bootstrap.open_sides(home) as sides:
            assert prove(sides).broken == ()

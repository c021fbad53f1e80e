"""Tax invoices: once per order, over what was paid less what went back, red ones for the rest."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from boxoffice import clock
from boxoffice.domain.tax_numbers import tax_number
from boxoffice.errors import (
    BadContact,
    BadInvoice,
    BadInvoiceFile,
    NoInvoice,
    NotAllowed,
    WrongStatus,
)
from boxoffice.exchange import invoice_file
from boxoffice.queries.invoices import payable
from boxoffice.services.aftersales import invoice_filing, invoices, voids
from boxoffice.services.aftersales.invoice_hands import of_window
from boxoffice.services.aftersales.invoices import Wanted
from boxoffice.services.sales import asking, checkout, paybacks
from boxoffice.services.sales import invoiced as following
from boxoffice.services.sharing import sync
from boxoffice.settings import Home
from tests.faults.acts import proof, rows, sell, take, there
from tests.gateways import Hours, Party, with_parties
from tests.homes import AtWork, at_work
from tests.services.return_acts import refund

COMPANY = Wanted("某某体育有限公司", "91110000600037341L", "books@example.org")


@pytest.fixture
def work(home: Home, time: Hours) -> Iterator[AtWork]:
    """A supervisor at the window: who sells, and files invoices."""
    with at_work(home, number="3001") as found:
        clock.use(lambda: time.at)
        yield with_parties(found, Party())


def ask(work: AtWork, order: str, wanted: Wanted = COMPANY) -> invoices.Asked:
    return invoices.ask(office=work.office, desk=work.desk, order_id=order, wanted=wanted)


def lines(work: AtWork, order: str) -> list[str]:
    found = rows(work, "SELECT id FROM order_line WHERE order_id = ? ORDER BY position", order)
    return [str(row[0]) for row in found]


def invoiced(work: AtWork) -> list[tuple[str, int, str]]:
    return [
        (str(kind), int(fen), str(status))
        for kind, fen, status in rows(
            work, "SELECT kind, amount_fen, status FROM invoice ORDER BY created_at, id"
        )
    ]


def file_all(work: AtWork, folder: Path) -> list[dict[str, str]]:
    """What stands in the file for the platform; nothing where there is none."""
    filed = invoice_filing.file_all(hands=of_window(work.office, work.desk), folder=folder)
    path = folder / f"{filed.batch}.csv"
    if not filed.requests:
        assert not path.exists()
        return []
    assert os.name != "posix" or path.stat().st_mode & 0o077 == 0
    found = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))
    assert len(found) == filed.requests
    return found


def answer(*said: Sequence[str]) -> bytes:
    text = io.StringIO()
    made = csv.writer(text)
    made.writerow(invoice_file.ANSWERS)
    made.writerows(said)
    return text.getvalue().encode("utf-8-sig")


def issued(request: str, number: str = "25117000000012345678") -> tuple[str, ...]:
    return (request, "issued", number, "2025-09-28", "")


def take_in(work: AtWork, *said: Sequence[str]) -> invoice_filing.TakenIn:
    return invoice_filing.take_in(
        hands=of_window(work.office, work.desk), raw=answer(*said), name="back.csv"
    )


def clean(home: Home, work: AtWork) -> None:
    sync.push(work.office)
    assert proof(home).broken == ()
    here, central = (look(work, "SELECT * FROM invoice ORDER BY id") for look in (rows, there))
    assert here == central


def test_from_asking_to_its_number(home: Home, work: AtWork, tmp_path: Path) -> None:
    order = sell(work, (1, 5), (1, 6)).order_id
    paid = int(rows(work, "SELECT total_fen FROM orders WHERE id = ?", order)[0][0])
    asked = ask(work, order)
    assert asked.amount_fen == paid
    clean(home, work)
    (row,) = file_all(work, tmp_path)
    assert row["request"] == asked.id
    assert row["title"] == COMPANY.title
    assert row["tax_number"] == COMPANY.tax_number
    assert row["mail"] == COMPANY.mail
    assert row["amount"] == f"{paid // 100}.{paid % 100:02d}"
    assert (row["kind"], row["original_request"], row["original_number"]) == ("blue", "", "")
    assert row["item"] == invoice_file.ITEM
    assert file_all(work, tmp_path) == []  # nothing goes out twice
    assert take_in(work, issued(asked.id)) == invoice_filing.TakenIn(issued=1)
    assert take_in(work, issued(asked.id)) == invoice_filing.TakenIn(known=1)
    assert rows(work, "SELECT status, number, issued_on FROM invoice") == [
        ("issued", "25117000000012345678", "2025-09-28")
    ]
    clean(home, work)


def test_once_per_order(home: Home, work: AtWork) -> None:
    order = sell(work, (1, 5)).order_id
    ask(work, order)
    with pytest.raises(NoInvoice) as refused:
        ask(work, order)
    assert refused.value.fields["why"] == "invoiced"
    assert len(invoiced(work)) == 1
    clean(home, work)


def test_nothing_to_invoice(work: AtWork) -> None:
    basket = take(work, (1, 5), (1, 6))
    with pytest.raises(NoInvoice, match="not_paid_up"):
        ask(work, basket)
    checkout.pay_cash(
        office=work.office, desk=work.desk, basket=basket, tendered_fen=100, amount_fen=100
    )
    with pytest.raises(NoInvoice, match="not_paid_up"):
        ask(work, basket)
    sold = sell(work, (1, 8)).order_id
    voids.void(office=work.office, desk=work.desk, order_id=sold, papers_back=True, reason="x")
    with pytest.raises(NoInvoice, match="nothing_paid"):
        ask(work, sold)
    assert invoiced(work) == []


@pytest.mark.parametrize("by_code", [False, True])
def test_what_comes_back_before_it_is_filed_lowers_it(
    home: Home, work: AtWork, tmp_path: Path, by_code: bool
) -> None:
    basket = take(work, (1, 5), (1, 6))
    if by_code:
        asking.ask(office=work.office, desk=work.desk, basket=basket, tender="wechat")
    else:
        checkout.pay_cash(office=work.office, desk=work.desk, basket=basket, tendered_fen=1_000_000)
    whole = ask(work, basket).amount_fen
    first, second = lines(work, basket)
    back = refund(work, basket, [first]).amount_fen
    assert invoiced(work) == [("blue", whole - back, "wanted")]
    clean(home, work)
    for one in work.office.read(lambda s: paybacks.waiting(s, 1, 1)):
        paybacks.follow(office=work.office, payback_id=one)
    assert invoices_left(work, basket) == whole - back  # arriving changes nothing
    more = refund(work, basket, [second]).amount_fen
    left = whole - back - more
    if by_code and left:
        # With money of it on its way it waits for the next file.
        filed = invoice_filing.file_all(hands=of_window(work.office, work.desk), folder=tmp_path)
        assert (filed.requests, filed.left_out) == (0, 1)
    for one in work.office.read(lambda s: paybacks.waiting(s, 1, 1)):
        paybacks.follow(office=work.office, payback_id=one)
    # The fees that were kept are invoiced; without any there is nothing left.
    assert invoiced(work) == [("blue", left or whole - back, "wanted" if left else "dropped")]
    assert len(file_all(work, tmp_path)) == (1 if left else 0)
    clean(home, work)


def invoices_left(work: AtWork, order: str) -> int:
    return work.office.read(lambda store: payable(store, order))


def test_what_comes_back_after_asks_for_red_ones(home: Home, work: AtWork, tmp_path: Path) -> None:
    order = sell(work, (1, 5), (1, 6), (1, 7)).order_id
    asked = ask(work, order)
    (filed,) = file_all(work, tmp_path)
    one, two, three = lines(work, order)
    # It is not known yet whether the first was issued: the red one waits for that.
    first = refund(work, order, [one]).amount_fen
    assert invoiced(work)[1:] == [("red", first, "wanted")]
    assert file_all(work, tmp_path) == []
    take_in(work, issued(asked.id))
    second = refund(work, order, [two]).amount_fen
    assert invoiced(work)[1:] == [("red", first, "wanted"), ("red", second, "wanted")]
    reds = file_all(work, tmp_path)
    assert [row["amount"] for row in reds] == [
        f"-{fen // 100}.{fen % 100:02d}" for fen in (first, second)
    ]
    for row in reds:
        assert row["original_request"] == asked.id == filed["request"]
        assert row["original_number"] == "25117000000012345678"
        assert row["title"] == COMPANY.title
    said = [
        issued(reds[0]["request"], "25117000000012345679"),
        (reds[1]["request"], "refused", "", "", "original locked"),
    ]
    assert take_in(work, *said) == invoice_filing.TakenIn(issued=1, refused=1)
    invoice_filing.want_again(
        office=work.office, desk=work.desk, order_id=order, invoice_id=reds[1]["request"]
    )
    # The refused one still stands for its part: it is not asked for twice.
    third = refund(work, order, [three]).amount_fen
    again = file_all(work, tmp_path)
    assert next(row["request"] for row in again) == reds[1]["request"]
    assert [fen for _, fen, _ in invoiced(work)] == [asked.amount_fen, first, second, third]
    assert asked.amount_fen - first - second - third == invoices_left(work, order)
    clean(home, work)


def test_money_that_went_back_by_other_ways_is_noticed_when_files_are_made(
    home: Home, work: AtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = [sell(work, (1, seat), (1, seat + 1)).order_id for seat in (1, 3)]
    filed = ask(work, orders[0])
    file_all(work, tmp_path)
    take_in(work, issued(filed.id))
    wanted = ask(work, orders[1])
    with monkeypatch.context() as unheard:
        unheard.setattr(following, "follow", lambda unit, order_id: None)
        backs = [refund(work, one, lines(work, one)[:1]).amount_fen for one in orders]
    found = {row["kind"]: row["amount"] for row in file_all(work, tmp_path)}
    left = wanted.amount_fen - backs[1]
    assert found == {
        "red": f"-{backs[0] // 100}.{backs[0] % 100:02d}",
        "blue": f"{left // 100}.{left % 100:02d}",
    }
    assert file_all(work, tmp_path) == []
    clean(home, work)


def test_one_that_was_refused_is_asked_for_anew(home: Home, work: AtWork, tmp_path: Path) -> None:
    order = sell(work, (1, 5), (1, 6)).order_id
    asked = ask(work, order)
    file_all(work, tmp_path)
    back = refund(work, order, lines(work, order)[:1]).amount_fen
    take_in(work, (asked.id, "refused", "", "", "title and tax number do not go together"))
    assert [status for *_, status in invoiced(work)] == ["refused", "dropped"]
    with pytest.raises(LookupError):
        invoice_filing.want_again(
            office=work.office, desk=work.desk, order_id=order, invoice_id=asked.id
        )
    other = ask(work, order, Wanted("另一个体育有限公司", "91110000600037341L"))
    assert other.amount_fen == asked.amount_fen - back
    assert [row["request"] for row in file_all(work, tmp_path)] == [other.id]
    clean(home, work)


def test_a_red_one_is_wanted_again_only_after_it_was_refused(work: AtWork, tmp_path: Path) -> None:
    order = sell(work, (1, 5), (1, 6)).order_id
    ask(work, order)
    file_all(work, tmp_path)
    refund(work, order, lines(work, order)[:1])
    red = str(rows(work, "SELECT id FROM invoice WHERE kind = 'red'")[0][0])
    with pytest.raises(WrongStatus):
        invoice_filing.want_again(
            office=work.office, desk=work.desk, order_id=order, invoice_id=red
        )


def test_a_file_that_was_not_written_is_written_again(work: AtWork, tmp_path: Path) -> None:
    asked = ask(work, sell(work, (1, 5)).order_id)
    folder = tmp_path / "gone"
    with pytest.raises(Exception, match="DiskTrouble"):
        file_all(work, folder)
    ((batch,),) = rows(work, "SELECT batch FROM invoice")
    folder.mkdir()
    path = invoice_filing.write_again(
        hands=of_window(work.office, work.desk), batch=str(batch), folder=folder
    )
    assert asked.id in path.read_text(encoding="utf-8-sig")
    assert list(folder.iterdir()) == [path]


@dataclass(frozen=True)
class Bad:
    said: tuple[str, ...]
    why: str


@pytest.mark.parametrize(
    "bad",
    [
        Bad(("f" * 32, "issued", "25117000000012345670", "2025-09-28", ""), "none of ours"),
        Bad(("x", "issued", "25117000000012345670", "2025-09-28", ""), "none of ours"),
        Bad(("ID", "done", "25117000000012345670", "2025-09-28", ""), "neither"),
        Bad(("ID", "issued", "12A", "2025-09-28", ""), "8 to 20"),
        Bad(("ID", "issued", "25117000000012345670", "28/09/2025", ""), "issued_on"),
        Bad(("ID", "issued", "25117000000012345678", "2025-09-28", ""), "comes twice"),
        Bad(("ID", "refused", "", "", ""), "without a reason"),
        Bad(("OTHER", "issued", "25117000000012345670", "2025-09-28", ""), "comes twice"),
        Bad(("UNFILED", "issued", "25117000000012345670", "2025-09-28", ""), "never filed"),
    ],
)
def test_a_wrong_line_leaves_all_as_it_was(work: AtWork, tmp_path: Path, bad: Bad) -> None:
    one, two = (ask(work, sell(work, (2, seat)).order_id) for seat in (1, 2))
    file_all(work, tmp_path)
    three = ask(work, sell(work, (2, 3)).order_id)
    names = {"ID": one.id, "OTHER": two.id, "UNFILED": three.id}
    said = (names.get(bad.said[0], bad.said[0]), *bad.said[1:])
    with pytest.raises(BadInvoiceFile) as refused:
        take_in(work, issued(two.id), said)
    assert bad.why in str(refused.value.fields["why"])
    assert refused.value.fields["line"] == 3
    assert [status for *_, status in invoiced(work)] == ["filed", "filed", "wanted"]


def test_what_contradicts_what_is_known(work: AtWork, tmp_path: Path) -> None:
    one, two = (ask(work, sell(work, (2, seat)).order_id) for seat in (1, 2))
    file_all(work, tmp_path)
    take_in(work, issued(one.id), (two.id, "refused", "", "", "wrong"))
    for said, why in (
        (issued(one.id, "25117000000012345670"), "issued as"),
        ((one.id, "refused", "", "", "late"), "issued as"),
        (issued(two.id, "25117000000012345670"), "refused before"),
        (issued(two.id), "refused before"),
    ):
        with pytest.raises(BadInvoiceFile) as refused:
            take_in(work, said)
        assert why in str(refused.value.fields["why"])


def test_no_columns_and_no_text(work: AtWork) -> None:
    for raw in (b"request,status\n", b'request,status,number,issued_on,reason\n"a'):
        with pytest.raises(BadInvoiceFile):
            invoice_file.read(raw, "back.csv")


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted("一"),
        Wanted("x" * 101),
        Wanted("=cmd()|x"),
        Wanted("某某\n公司"),
        Wanted("某某公司", "91110000600037341X"),
        Wanted("某某公司", "12"),
    ],
)
def test_what_cannot_stand_on_it(work: AtWork, wanted: Wanted) -> None:
    with pytest.raises(BadInvoice):
        ask(work, sell(work, (1, 5)).order_id, wanted)


@pytest.mark.parametrize("wanted", [Wanted("某人", mail="x"), Wanted("某人", phone="1")])
def test_where_it_cannot_be_delivered(work: AtWork, wanted: Wanted) -> None:
    with pytest.raises(BadContact):
        ask(work, sell(work, (1, 5)).order_id, wanted)


def test_numbers_of_taxpayers() -> None:
    assert tax_number(" 9111 0000 6000 3734 1l ") == "91110000600037341L"
    assert tax_number("110105600037341") == "110105600037341"
    for wrong in ("", "91110000600037341K", "1101056000373412", "某" * 15):
        with pytest.raises(ValueError, match=r".+"):
            tax_number(wrong)


def test_the_file_holds_no_title(work: AtWork) -> None:
    ask(work, sell(work, (1, 5)).order_id)
    found = str(rows(work, "SELECT * FROM invoice"))
    for secret in (COMPANY.title, COMPANY.tax_number, COMPANY.mail):
        assert secret not in found
        assert secret not in str(rows(work, "SELECT facts FROM journal"))


def test_a_clerk_asks_and_does_not_file(home: Home, tmp_path: Path) -> None:
    with at_work(home) as work:
        ask(work, sell(work, (1, 5)).order_id)
        with pytest.raises(NotAllowed):
            file_all(work, tmp_path)

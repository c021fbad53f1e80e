"""A tour's customer who leaves an address and wants a tax invoice, of which a part comes back."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar, cast

from boxoffice import clock
from boxoffice.exchange import invoice_file
from boxoffice.queries.invoices import standing
from boxoffice.services.aftersales import invoice_filing
from boxoffice.services.aftersales.invoice_hands import of_window
from ui.orders.act import OrderAct
from ui.orders.contact_act import ContactAct
from ui.orders.invoice_act import InvoiceAct
from ui.orders.refund_act import RefundAct
from ui.pages import ORDERS
from ui.screens.orders import OrdersPage

if TYPE_CHECKING:
    from ui.tour.day import Day

MAIL = "books@example.org"
COMPANY, TAX_NUMBER = "某某体育文化有限公司", "91110000600037341L"
"""An invented company; the number fits its own check digit."""
ISSUED = "invoice_issued"
NUMBER = "25117000000012345678"

A = TypeVar("A", bound=OrderAct)


def papers(day: Day) -> None:
    """The address is noted, the invoice asked for and issued; one ticket comes back after that."""
    number = day.sell_ahead()
    day.window.open_order(number)
    _until_quiet(day)
    contact = _begin(day, ContactAct)
    day.stage.until(lambda: not contact.busy, "how the customer is reached")
    day.stage.type(contact.mail, MAIL)
    day.stage.snap("contact")
    contact.primary.click()
    day.stage.until(lambda: contact.finished and not contact.busy, "the address")
    contact.primary.click()
    _until_quiet(day)
    _ask(day)
    _issued(day)
    _refund_one(day)
    act = _looking(day)
    day.stage.snap("invoice-red-due")
    act.primary.click()
    _until_quiet(day)
    day.stage.until(lambda: ISSUED in _told(day), "the notice of the invoice")
    day.stage.until(lambda: set(_told(day).values()) == {"sent"}, "the notices")
    area = _page(day).view.card.area
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    day.stage.snap("papers-history")


def _ask(day: Day) -> None:
    """To a company, where the customer is written to."""
    act = _looking(day)
    act.form.choose_company(True)
    day.stage.type(act.form.title, COMPANY)
    day.stage.type(act.form.number, TAX_NUMBER)
    day.stage.snap("invoice-asking")
    act.primary.click()
    day.stage.until(lambda: act.finished and not act.busy, "the tax invoice")
    act.primary.click()
    _until_quiet(day)


def _issued(day: Day) -> None:
    """The platform issues it: its file goes out, its answer comes in."""
    office, file = day.context.office, _page(day).file
    assert file is not None

    def work() -> None:
        (one,) = office.read(lambda s: standing(s, office.seal, file.view.id)).invoices
        with TemporaryDirectory() as folder:
            invoice_filing.file_all(hands=of_window(office, None), folder=Path(folder))
        today = clock.business_day(clock.now()).isoformat()
        row = f"{one.id},issued,{NUMBER},{today},"
        raw = f"{','.join(invoice_file.ANSWERS)}\n{row}\n".encode()
        invoice_filing.take_in(hands=of_window(office, None), raw=raw, name="platform.csv")

    done: list[bool] = []
    day.context.act(_page(day), work, lambda _: done.append(True))
    day.stage.until(lambda: done, "the platform's answer")
    _until_quiet(day)


def _refund_one(day: Day) -> None:
    act = _begin(day, RefundAct)
    day.stage.until(lambda: not act.busy, "what comes back")
    file = _page(day).file
    assert file is not None
    act.tick(file.view.lines[0].id, True)
    day.stage.until(lambda: not act.busy, "what comes back")
    act.body.papers.setChecked(True)
    day.stage.until(act.primary.isEnabled, "all that is needed")
    act.primary.click()
    day.stage.until(lambda: act.back is not None and not act.busy, "the refund")
    act.primary.click()
    _until_quiet(day)


def _looking(day: Day) -> InvoiceAct:
    act = _begin(day, InvoiceAct)
    day.stage.until(lambda: act.standing is not None and not act.busy, "where it stands")
    return act


def _told(day: Day) -> dict[str, str]:
    """By kind, how far the notices of the order on the screen are."""
    file = _page(day).file
    return {} if file is None else {one.kind: one.status for one in file.told}


def _page(day: Day) -> OrdersPage:
    return cast(OrdersPage, day.window.frame.page(ORDERS))


def _until_quiet(day: Day) -> None:
    page = _page(day)
    day.stage.until(
        lambda: page.begun is None and page.file is not None and not page.busy, "the order"
    )


def _begin(day: Day, kind: type[A]) -> A:
    page = _page(day)
    page.begin(kind)
    return cast(A, page.begun)

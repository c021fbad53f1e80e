"""The acts on an order as the Orders page shows them in its side, for the tests of the acts."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from boxoffice.queries import orders
from boxoffice.queries.orders import OrderView
from boxoffice.services.sales import checkout, holds
from boxoffice.services.sales import orders as baskets
from tests.ui.selling import resident_id
from ui.context import Context
from ui.orders.act import OrderAct
from ui.widgets.side_panel import SidePanel

SIDE_WIDTH = 364


def sell(context: Context, code: str, count: int, category: str = "B") -> str:
    """Seats of a session sold for cash; answers the order."""
    office, desk = context.office, context.desk
    found = office.read(lambda s: s.first("SELECT id FROM session WHERE code = ?", (code,)))
    basket = holds.take_best(
        office=office, desk=desk, session_id=found[0], category=category, count=count, basket=None
    )
    for number, line in enumerate(view(context, basket).lines):
        if line.real_name:
            baskets.set_attendee(
                office=office,
                desk=desk,
                basket=basket,
                line_id=line.id,
                name="试",
                document_type="resident_id",
                document=resident_id(600 + number + 10 * count),
            )
    checkout.pay_cash(office=office, desk=desk, basket=basket, tendered_fen=10_000_000)
    return basket


def by_number(context: Context, number: str) -> str:
    office = context.office
    found = office.read(lambda s: s.first("SELECT id FROM orders WHERE number = ?", (number,)))
    return str(found[0])


def view(context: Context, order: str) -> OrderView:
    office = context.office
    return office.read(lambda store: orders.order(store, office.seal, order))


def show(act: OrderAct, qtbot, width: int = SIDE_WIDTH, height: int = 660) -> QWidget:
    """The act in a side of its own."""
    side = SidePanel()
    side.set_title(act.title())
    side.body.addWidget(act.body)
    side.set_actions(act.primary, act.quiet)
    side.resize(width, height)
    # Not qtbot.addWidget: that closes it before the last answer came.
    with qtbot.waitExposed(side):
        side.show()
    side.activateWindow()
    return side


def begin(act: OrderAct, context: Context, order: str, qtbot) -> None:
    """The clerk chose it for this order."""
    act.begin(view(context, order))
    qtbot.waitUntil(lambda: not act.busy)

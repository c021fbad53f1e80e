"""A reservation extended, let go, or given other seats; its payment has a file of its own."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from itertools import groupby

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QGridLayout

from boxoffice import clock
from boxoffice.desk import Desk
from boxoffice.queries.orders import LineView, OrderView
from boxoffice.services.sales import releases, reservations, swaps
from ui import formats, theme
from ui.approval.reason_entry import ReasonEntry
from ui.context import Context
from ui.orders.reservation_base import ReservationAct
from ui.sell.reserve_panel import Chip
from ui.widgets.text import Text

MORE = (30, 60, 120)
"""Minutes to choose from, for extending."""


class ExtendReservation(ReservationAct):
    """Let it wait longer, with a reason."""

    key = "Alt+E"

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self._minutes = MORE[0]
        self.quiet = ()
        self.body.rows.hide()
        self.reason = ReasonEntry(3)
        self.reason.changed.connect(self.show)
        self._now, self._until = Text(role="quiet"), Text(role="amount")
        self._limit = Text(role="detail", wrap=True)
        self._more = [Chip(f"Alt+{place}") for place in range(4, 4 + len(MORE))]
        grid = QGridLayout()
        grid.setSpacing(theme.px(6))
        for place, (chip, minutes) in enumerate(zip(self._more, MORE, strict=True)):
            chip.clicked.connect(partial(self._picked, minutes))
            grid.addWidget(chip, place // 2, place % 2)
        for part in (self._now, self._until, self._limit):
            self.body.middle.addWidget(part)
        self.body.middle.addLayout(grid)
        self.body.middle.addSpacing(theme.px(12))
        self.body.middle.addWidget(self.reason)
        self.retranslate()

    @classmethod
    def title(cls) -> str:
        return QCoreApplication.translate("ExtendReservation", "Extend the reservation")

    def begin(self, order: OrderView) -> None:
        self._minutes = MORE[0]
        super().begin(order)
        self.reason.begin()

    def choose(self, minutes: int) -> None:
        """Let it wait so much longer than now."""
        self._minutes = minutes
        self.show()

    def _picked(self, minutes: int, _checked: bool) -> None:
        self.choose(minutes)

    @property
    def _latest(self) -> datetime | None:
        """Until when it may wait at all: so long before its first session starts."""
        starts = min((line.starts_at for line in self.lines), default=None)
        settings = self._context.office.settings
        before = timedelta(minutes=settings.reservation_ends_before_start_minutes)
        return None if starts is None else starts - before

    def _wanted(self, deadline: datetime, latest: datetime) -> datetime:
        return min(deadline + timedelta(minutes=self._minutes), latest)

    def do(self) -> None:
        view, latest = self._view, self._latest
        if view is None or view.deadline is None or latest is None or not self.reason.text:
            return
        office, desk = self._context.office, self._context.desk
        until, why = self._wanted(view.deadline, latest), self.reason.text

        def work() -> str:
            found = reservations.extend(
                office=office, desk=desk, order_id=view.id, until=until, reason=why
            )
            return formats.stamp(found)

        self._asking.ask(work, self._extended, self.refused, busy=self.primary)

    def _extended(self, until: str) -> None:
        self.finish(
            self.tr("It waits until {time}").format(time=until),
            self.tr("Tell the customer; the code stays the same."),
        )

    def name(self) -> None:
        deadline = self._view.deadline if self._view is not None else None
        latest = self._latest
        if deadline is None or latest is None:
            return
        until = self._wanted(deadline, latest)
        self._limit.setText(self.tr("No later: the session begins soon after"))
        self._limit.setVisible(until == latest)
        for chip, minutes in zip(self._more, MORE, strict=True):
            chip.setChecked(minutes == self._minutes)
        now = self.tr("It waits until {time}").format(time=formats.short_stamp(deadline))
        self._now.setText(now)
        self._until.setText(_near(until))
        self.primary.setText(self.tr("Extend until {time}").format(time=_near(until)))
        longer = until > deadline
        self.primary.setEnabled(longer and bool(self.reason.text))
        for part in (self.reason, *self._more):
            part.setVisible(longer)
        if not longer:
            self.body.say(self.tr("It cannot wait longer than that. Take the money now."))
        elif not self.reason.text:
            self.body.say(self.tr("Say why: press a reason, or type one"))

    def retranslate(self) -> None:
        for button, minutes in zip(self._more, MORE, strict=True):
            button.setText(self.tr("+ %n min", "", minutes))
        self.reason.set_texts(
            self.tr("Why does it wait longer?"),
            self.tr("Another reason"),
            (
                self.tr("The customer is on the way"),
                self.tr("The queue is long"),
                self.tr("Payment did not work"),
            ),
        )
        self.show()


class ReleaseReservation(ReservationAct):
    """Let tickets go before their time is over, with a reason."""

    key = "Alt+G"

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self.reason = ReasonEntry(3)
        self.reason.changed.connect(self.show)
        self.body.middle.addWidget(self.reason)
        self.retranslate()

    @classmethod
    def title(cls) -> str:
        return QCoreApplication.translate("ReleaseReservation", "Let the reservation go")

    def begin(self, order: OrderView) -> None:
        super().begin(order)
        self.reason.begin()

    def do(self) -> None:
        view, why = self._view, self.reason.text
        if view is None or not why or not self.chosen:
            return
        office, desk = self._context.office, self._context.desk
        wanted = [line.id for line in self.chosen]

        def work() -> None:
            releases.release(
                office=office, desk=desk, order_id=view.id, line_ids=wanted, reason=why
            )

        count = len(wanted)
        self.act(work, lambda: self.finish(self.tr("%n ticket(s) are on sale again", "", count)))

    def name(self) -> None:
        self.primary.setText(self.tr("Let %n ticket(s) go", "", len(self.chosen)))
        self.primary.setEnabled(bool(self.chosen and self.reason.text))
        if not self.chosen:
            self.body.say(self.tr("Tick the tickets that go back to sale"))
        elif not self.reason.text:
            self.body.say(self.tr("Say why: press a reason, or type one"))

    def retranslate(self) -> None:
        self.reason.set_texts(
            self.tr("Why does it go?"),
            self.tr("Another reason"),
            (
                self.tr("The customer cancelled"),
                self.tr("Reserved twice"),
                self.tr("Typed wrong"),
            ),
        )
        self.show()


class SwapSeats(ReservationAct):
    """Other seats of the same level, as long as nobody was told which."""

    key = "Alt+W"

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self._advice = Text(role="quiet", wrap=True)
        self.body.middle.addWidget(self._advice)
        self.retranslate()

    @classmethod
    def title(cls) -> str:
        return QCoreApplication.translate("SwapSeats", "Swap the seats")

    @classmethod
    def fits(cls, order: OrderView, desk: Desk) -> bool:
        return order.seats_open and super().fits(order, desk)

    def do(self) -> None:
        view = self._view
        if view is None or not self.chosen:
            return
        office, desk = self._context.office, self._context.desk
        groups = [[line.id for line in group] for group in self._groups()]

        def work() -> None:
            for lines in groups:
                swaps.swap_for_others(office=office, desk=desk, order_id=view.id, line_ids=lines)

        count = len(self.chosen)
        self.act(work, lambda: self.finish(self.tr("%n seat(s) were swapped", "", count)))

    def _groups(self) -> list[list[LineView]]:
        def level(line: LineView) -> tuple[int, str]:
            return line.session_id, line.category

        return [list(group) for _, group in groupby(sorted(self.chosen, key=level), key=level)]

    def name(self) -> None:
        self.primary.setText(self.tr("Find %n other seat(s)", "", len(self.chosen)))
        self.primary.setEnabled(bool(self.chosen))
        if not self.chosen:
            self.body.say(self.tr("Tick the tickets that get other seats"))

    def retranslate(self) -> None:
        self._advice.setText(
            self.tr(
                "They get the best other seats together of their level; the old ones go back to "
                "sale. Nobody was told the seats, so nothing has to be said."
            )
        )
        self.show()


def _near(moment: datetime) -> str:
    """The time alone where it is today."""
    today = clock.venue(moment).date() == clock.venue(clock.now()).date()
    return formats.time(moment) if today else formats.short_stamp(moment)

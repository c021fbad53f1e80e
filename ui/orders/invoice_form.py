"""What a customer says for a tax invoice: to whom it is made out, and where it is delivered."""

from __future__ import annotations

from enum import Enum
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from boxoffice.domain.tax_numbers import tax_number
from boxoffice.services.aftersales.invoices import LEAST_TITLE, MOST_TITLE, Wanted
from ui import keys, theme
from ui.sell.reserve_panel import Chip
from ui.widgets.text import Text

_LONGEST = 254


class Delivery(Enum):
    """Where the platform delivers it."""

    NOTED = "noted"
    """Where the customer of the order is written to anyway."""
    MAIL = "mail"
    PHONE = "phone"
    NONE = "none"


class InvoiceForm(QWidget):
    """Emits `changed` with whatever is typed or chosen, `confirmed` on Enter in a field."""

    changed = Signal()
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._company = False
        self._delivery = Delivery.MAIL
        self._known: tuple[str, ...] = ()
        self._whom, self._where = Text(role="heading"), Text(role="heading")
        self._noted = Text(role="detail", wrap=True)
        self.person, self.company = Chip("Alt+1"), Chip("Alt+2")
        self.person.clicked.connect(lambda _on: self.choose_company(False))
        self.company.clicked.connect(lambda _on: self.choose_company(True))
        self.title, self.number, self.address = QLineEdit(), QLineEdit(), QLineEdit()
        self.title.setMaxLength(MOST_TITLE)
        self.address.setMaxLength(_LONGEST)
        for edit in (self.title, self.number, self.address):
            edit.textEdited.connect(lambda _text: self._show())
            edit.returnPressed.connect(self._entered)
        self.ways = {way: Chip(f"Alt+{place}") for place, way in enumerate(Delivery, start=3)}
        for way, chip in self.ways.items():
            chip.clicked.connect(partial(self._picked, way))
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        kinds, ways = QGridLayout(), QGridLayout()
        for grid, chips in ((kinds, (self.person, self.company)), (ways, self.ways.values())):
            grid.setSpacing(theme.px(8))
            for place, chip in enumerate(chips):
                grid.addWidget(chip, place // 2, place % 2)
        column.addWidget(self._whom)
        column.addLayout(kinds)
        column.addWidget(self.title)
        column.addWidget(self.number)
        column.addSpacing(theme.px(6))
        column.addWidget(self._where)
        column.addLayout(ways)
        column.addWidget(self._noted)
        column.addWidget(self.address)

    def begin(self, known: tuple[str, ...]) -> None:
        """Nothing was said yet; `known` is how the customer is reached, masked."""
        self._known = known
        self._company = False
        self._delivery = Delivery.NOTED if known else Delivery.MAIL
        for edit in (self.title, self.number, self.address):
            edit.clear()
        self._show()
        self.title.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- what was said

    @property
    def wanted(self) -> Wanted:
        """As the service takes it."""
        address = self.address.text().strip()
        return Wanted(
            title=self.title.text().strip(),
            tax_number=self.number.text().strip() if self._company else "",
            mail=address if self._delivery is Delivery.MAIL else "",
            phone=address if self._delivery is Delivery.PHONE else "",
            as_noted=self._delivery is Delivery.NOTED,
        )

    @property
    def missing(self) -> str:
        """The next thing to ask the customer; "" where all is there."""
        if len(self.title.text().strip()) < LEAST_TITLE:
            if self._company:
                return self.tr("Type the name of the company.")
            return self.tr("Type the name it is made out to.")
        if self._company and not self.number.text().strip():
            return self.tr("Type the company's tax number.")
        if self._company and not self._number_fits():
            return self.tr("This tax number cannot be right: compare it, letter by letter.")
        if self._addressed and not self.address.text().strip():
            if self._delivery is Delivery.MAIL:
                return self.tr("Type the e-mail address it goes to.")
            return self.tr("Type the phone it goes to.")
        return ""

    def _number_fits(self) -> bool:
        try:
            tax_number(self.number.text())
        except ValueError:
            return False
        return True

    @property
    def _addressed(self) -> bool:
        return self._delivery in (Delivery.MAIL, Delivery.PHONE)

    # --- choosing

    def choose_company(self, company: bool) -> None:
        """It is made out to a company, with its tax number, or to a person."""
        self._company = company
        self._show()
        self.title.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose_delivery(self, way: Delivery) -> None:
        """It goes there."""
        if way is not self._delivery:
            self.address.clear()
        self._delivery = way
        self._show()
        if self._addressed:
            self.address.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _picked(self, way: Delivery, _checked: bool = False) -> None:
        self.choose_delivery(way)

    def _entered(self) -> None:
        if not keys.current().composing:
            self.confirmed.emit()

    # --- showing

    def _show(self) -> None:
        self.person.setChecked(not self._company)
        self.company.setChecked(self._company)
        self.number.setVisible(self._company)
        for way, chip in self.ways.items():
            chip.setChecked(way is self._delivery)
        self.ways[Delivery.NOTED].setEnabled(bool(self._known))
        self._noted.setText(
            self.tr("To {addresses}").format(addresses=", ".join(self._known))
            if self._delivery is Delivery.NOTED
            else self.tr("The customer fetches it from the platform.")
        )
        self._noted.setVisible(not self._addressed)
        self.address.setVisible(self._addressed)
        self.address.setPlaceholderText(
            self.tr("E-mail address") if self._delivery is Delivery.MAIL else self.tr("Phone")
        )
        self.address.setAccessibleName(self.address.placeholderText())
        self.title.setPlaceholderText(
            self.tr("Name of the company") if self._company else self.tr("Name of the person")
        )
        self.title.setAccessibleName(self.title.placeholderText())
        self._mark(self.title, len(self.title.text().strip()) < LEAST_TITLE)
        self._mark(self.number, not self._number_fits())
        self._mark(self.address, not self.address.text().strip())
        self.changed.emit()

    @staticmethod
    def _mark(edit: QLineEdit, missing: bool) -> None:
        if edit.property("missing") != missing:
            edit.setProperty("missing", missing)
            edit.style().unpolish(edit)
            edit.style().polish(edit)

    def retranslate(self) -> None:
        """Set every text again."""
        self._whom.setText(self.tr("Made out to"))
        self._where.setText(self.tr("Delivered"))
        self.person.setText(self.tr("A person"))
        self.company.setText(self.tr("A company"))
        self.number.setPlaceholderText(self.tr("Tax number"))
        self.number.setAccessibleName(self.number.placeholderText())
        names = {
            Delivery.NOTED: self.tr("As noted"),
            Delivery.MAIL: self.tr("By e-mail"),
            Delivery.PHONE: self.tr("By phone"),
            Delivery.NONE: self.tr("No delivery"),
        }
        for way, chip in self.ways.items():
            chip.setText(names[way])
        self._show()

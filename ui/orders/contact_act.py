"""Contact and notices (联系与通知): where the customer hears from us, or the slip to ask by."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from boxoffice.desk import Desk, Right
from boxoffice.errors import BoxOfficeError
from boxoffice.queries.orders import OrderView
from boxoffice.services.printing import tickets
from boxoffice.services.printing.tickets import Printed
from boxoffice.services.telling import contacts
from boxoffice.services.telling.contacts import Reach
from boxoffice.settings import LANGUAGES
from ui import formats, keys, theme
from ui.asking import Asking
from ui.context import Context
from ui.orders.act import OrderAct
from ui.orders.act_body import ActBody
from ui.sell.reserve_panel import Chip
from ui.widgets.action_button import ActionButton
from ui.widgets.text import Text

_LONGEST = 254
_NAMES = {"zh_CN": "中文", "en": "English"}
"""As each language calls itself."""


class ContactAct(OrderAct):
    """For those who drive it: `mail`, `phone`, `code`, `choose_language(name)`, `primary`, `slip`,
    `forget`; `busy` tells whether an answer is awaited, `finished` what was said at the end."""

    key = "Alt+N"

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self._order: OrderView | None = None
        self._reach: Reach | None = None
        self._language = ""
        self._trouble = ""
        self.finished = ""
        self.body: ActBody = ActBody(context)
        self.body.ask_papers("")
        self.body.rows.hide()
        self._heading, self._asks = Text(role="heading"), Text(role="heading")
        self.noted, self.checked = Text(wrap=True), Text(wrap=True)
        self.mail, self.phone, self.code = QLineEdit(), QLineEdit(), QLineEdit()
        self.languages = {
            name: Chip(f"Alt+{place}") for place, name in enumerate(LANGUAGES, start=1)
        }
        self.primary = ActionButton(key="F8", kind="primary", act=self._pressed)
        self.slip = ActionButton(key="Alt+P", act=self.print_slip)
        self.forget = ActionButton(key="Alt+G", act=self.forget_all)
        self.quiet = (self.slip, self.forget)
        self._asking = Asking(context, self.body, self)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        tongues = QHBoxLayout()
        tongues.setSpacing(theme.px(8))
        for name, chip in self.languages.items():
            chip.setText(_NAMES[name])
            chip.clicked.connect(partial(self._picked, name))
            tongues.addWidget(chip, 1)
        for edit in (self.mail, self.phone):
            edit.setMaxLength(_LONGEST)
            edit.textEdited.connect(lambda _text: self._typed())
            edit.returnPressed.connect(self._entered)
        self.code.textEdited.connect(lambda _text: self._check())
        middle = self.body.middle
        for part in (self._heading, self.noted, self.mail, self.phone):
            middle.addWidget(part)
        middle.addLayout(tongues)
        middle.addSpacing(theme.px(6))
        for part in (self._asks, self.code, self.checked):
            middle.addWidget(part)

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._asking.busy

    @classmethod
    def title(cls) -> str:
        return QCoreApplication.translate("ContactAct", "Contact")

    @classmethod
    def fits(cls, order: OrderView, desk: Desk) -> bool:
        return order.version > 0 and desk.operator.may(Right.SELL)

    def begin(self, order: OrderView) -> None:
        self._order, self._reach = order, None
        self._trouble = self.finished = ""
        for edit in (self.mail, self.phone, self.code):
            edit.clear()
        self.body.show_asking()
        self._check()
        office, order_id = self._context.office, order.id
        usual = office.settings.language
        self._asking.ask(
            lambda: office.read(lambda s: contacts.reach(s, office.seal, order_id, usual)),
            self._looked,
            self._refused,
        )

    def _looked(self, found: Reach) -> None:
        self._reach, self._language = found, found.language
        self._show()
        self.mail.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- choosing

    def choose_language(self, name: str) -> None:
        """The customer is written to in it."""
        self._language = name
        self._typed()

    def _picked(self, name: str, _checked: bool = False) -> None:
        self.choose_language(name)

    def _typed(self) -> None:
        self._trouble = ""
        self._show()

    def _entered(self) -> None:
        if not keys.current().composing:
            self._pressed()

    @property
    def _wanted(self) -> bool:
        """Whether anything is to be noted."""
        typed = self.mail.text().strip() or self.phone.text().strip()
        return self._reach is not None and bool(typed or self._language != self._reach.language)

    def _check(self) -> None:
        """Whether the code somebody asks by is that of this order."""
        typed = self.code.text().strip()
        fits = self._order is not None and contacts.is_ask_code(
            self._context.office.seal, self._order.id, typed
        )
        said = self.tr("✓ The code fits: the history of the order may be told.")
        self.checked.setText(said if fits else self.tr("This is not the code of this order."))
        self.checked.set_tone("good" if fits else "attention")
        self.checked.setVisible(bool(typed))

    def scanned(self, text: str) -> bool:
        """A slip may be typed in by a scanner, too."""
        self.code.setText(text)
        self._check()
        return True

    # --- doing

    def _pressed(self) -> None:
        if self.finished:
            self.done.emit(self.finished)
        elif self._wanted and not self.busy:
            # What is left empty stays as it was noted.
            self._note(self.mail.text().strip() or None, self.phone.text().strip() or None)

    def forget_all(self) -> None:
        """The addresses that were noted here are not wanted any more."""
        if not self.busy and not self.finished:
            self._note("", "", forget=True)

    def _note(self, mail: str | None, phone: str | None, *, forget: bool = False) -> None:
        assert self._order is not None
        office, desk, order_id = self._context.office, self._context.desk, self._order.id
        language = self._language

        def work() -> Reach:
            contacts.note(
                office=office,
                desk=desk,
                order_id=order_id,
                language=language,
                mail=mail,
                phone=phone,
            )
            return office.read(lambda s: contacts.reach(s, office.seal, order_id, language))

        def done(found: Reach) -> None:
            there = ", ".join(found.masked())
            said = self.tr("Notices go to {addresses}").format(addresses=there)
            self._finish(self.tr("The addresses are forgotten") if forget or not there else said)

        self._asking.ask(work, done, self._refused, busy=self.primary)

    def print_slip(self) -> None:
        """Print order number and code, for who leaves no address."""
        if self._order is None or self.busy or self.finished:
            return
        office, desk, order_id = self._context.office, self._context.desk, self._order.id
        self._asking.ask(
            lambda: tickets.print_ask_slip(office=office, desk=desk, order_id=order_id),
            self._printed,
            self._refused,
            busy=self.slip,
        )

    def _printed(self, printed: Printed) -> None:
        doubt = self.tr("Look at the printer: the slip is in doubt") if printed.doubtful else ""
        self._finish(self.tr("Slip with the code to ask by printed"), doubt)

    def _finish(self, text: str, trouble: str = "") -> None:
        self.finished = text
        self.body.done.say(text, trouble=trouble)
        self.body.show_done()
        self._show()

    def _refused(self, error: BoxOfficeError) -> None:
        elsewhere = self.said_by_page(error)
        self._trouble = "" if elsewhere else self._context.troubles.sentence(error)
        self._show()

    # --- showing

    def _show(self) -> None:
        found = self._reach
        there = found.masked() if found is not None else ()
        for button in self.quiet:
            button.setEnabled(found is not None and not self.finished)
        self.forget.setEnabled(bool(there) and not self.finished)
        for name, chip in self.languages.items():
            chip.setChecked(name == self._language)
        self.noted.setText(
            formats.DOT.join(there) if there else self.tr("No address is noted: nothing is sent.")
        )
        self.noted.set_tone("" if there else "attention")
        if self.finished:
            self.primary.setText(self.tr("Done"))
            self.primary.setEnabled(True)
            return
        self.primary.setText(self.tr("Note it"))
        self.primary.setEnabled(self._wanted)
        self.body.say(self._trouble or self._next(there))

    def _next(self, there: tuple[str, ...]) -> str:
        """What to do next, or what keeps notices from going out."""
        if not self._context.office.senders:
            return self.tr("This window is not set up to send notices (notices.toml).")
        if not there and not self._wanted:
            return self.tr("Ask for an e-mail address or a phone, or print the slip.")
        return ""

    def retranslate(self) -> None:
        self._heading.setText(self.tr("Notices go to"))
        self._asks.setText(self.tr("Somebody asks without an address"))
        for edit, said in (
            (self.mail, self.tr("E-mail address")),
            (self.phone, self.tr("Phone")),
            (self.code, self.tr("Code on the slip to ask by")),
        ):
            edit.setPlaceholderText(said)
            edit.setAccessibleName(said)
        self.slip.setText(self.tr("Slip to ask by"))
        self.forget.setText(self.tr("Forget it"))
        self._check()
        self._show()

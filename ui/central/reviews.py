"""The review list: what central could not take; a reason and a second person settle it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from boxoffice.services.staff.approvals import Approval
from boxoffice.services.supervising import reviews
from boxoffice.services.supervising.central_view import Outcome, Overview, Review
from ui import formats, theme
from ui.approval.form import ApprovalForm
from ui.approval.reason_entry import ReasonEntry
from ui.central.part import CentralPart
from ui.central.words import CentralWords
from ui.context import Context
from ui.pickup.sections import Said, Section
from ui.widgets.chip import Chip
from ui.widgets.part import Act
from ui.widgets.row_model import Row
from ui.widgets.text import Text

_USUAL = 2
_KEYS = {Outcome.CENTRAL: "Alt+C", Outcome.AGAIN: "Alt+G"}


class ReviewsPart(CentralPart):
    """Lists reviews of all windows, oldest first; those of this window are settled here."""

    def __init__(self, context: Context, words: CentralWords) -> None:
        super().__init__(context, words)
        self._outcome: Outcome | None = None
        self._shown = ""
        self.what = Section()
        self._how = Text(role="heading")
        self.outcomes = {outcome: Chip(key) for outcome, key in _KEYS.items()}
        self._meaning = Text(role="quiet", wrap=True)
        self.reason = ReasonEntry(_USUAL)
        self.second = ApprovalForm(context)
        self._settling = QWidget()
        self._lay_out()
        for outcome, chip in self.outcomes.items():
            chip.clicked.connect(partial(self.choose_outcome, outcome))
        self.reason.changed.connect(self._filled_in)
        self.second.approved.connect(lambda _approval: self.changed.emit())
        self.second.closed.connect(self.rows.setFocus)

    def _lay_out(self) -> None:
        form = QVBoxLayout(self._settling)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(theme.px(8))
        chips = QVBoxLayout()
        chips.setSpacing(theme.px(6))
        for chip in self.outcomes.values():
            chip.setFixedHeight(theme.px(36))
            chips.addWidget(chip)
        form.addWidget(self._how)
        form.addLayout(chips)
        for part in (self._meaning, self.reason, self.second):
            form.addWidget(part)
        edge = theme.px(12)
        self.aside.setContentsMargins(edge, theme.px(8), edge, 0)
        self.aside.setSpacing(0)
        self.aside.addWidget(self.what)
        self.aside.addWidget(self._settling)
        self.aside.addStretch(1)

    def tab(self) -> str:
        count = len(self._overview.reviews) if self._overview is not None else 0
        return self.tr("%n review(s)", "", count)

    def title(self) -> str:
        review = self.review
        return self._order(review) if review is not None else self.tr("Reviews")

    def _order(self, review: Review) -> str:
        return self.tr("Order {number}").format(number=review.number or "–")

    @property
    def review(self) -> Review | None:
        """The one that is marked."""
        found = self._overview.reviews if self._overview is not None else ()
        return next((review for review in found if review.id == self.rows.current), None)

    def _rows(self, overview: Overview) -> Sequence[Row]:
        return [self._row(overview, review) for review in overview.reviews]

    def _row(self, overview: Overview, review: Review) -> Row:
        return Row(
            key=review.id,
            fact=self._order(review),
            detail=self._words.window_of(overview, review.window),
            middle=self._words.reason(review),
            middle_detail=self.tr("refused {time}").format(time=formats.short_stamp(review.at)),
            middle_tone="attention",
            value=formats.money(review.total_fen),
            note=self.tr("%n ticket(s)", "", review.tickets),
        )

    # --- the side

    def refresh_side(self) -> None:
        review, overview = self.review, self._overview
        if review is None or overview is None:
            self.what.set_lines(())
            self._settling.hide()
            self._begin("")
            return
        window = self._words.window_of(overview, review.window)
        when = self.tr("refused {time}").format(time=formats.short_stamp(review.at))
        self.what.set_heading(self._words.reason(review))
        said = [Said(formats.DOT.join((window, when)))]
        if not self._ours(review):
            kept = self.tr("The money stands in the journal, and the order is kept whole.")
            said += [Said(kept), Said(self._elsewhere(window), "attention")]
        self.what.set_lines(said)
        self._settling.setVisible(self._ours(review))
        if review.id != self._shown:
            self._begin(review.id)

    def _elsewhere(self, window: str) -> str:
        return self.tr("It is settled at {window}: sign in there, and open this page.").format(
            window=window
        )

    def _ours(self, review: Review) -> bool:
        return review.window == self._context.office.chain.window

    def _begin(self, review_id: str) -> None:
        """Another review: nothing was said about it yet."""
        self._shown = review_id
        self._outcome = None
        self.reason.forget()
        if review_id:
            self.second.ask(reviews.SETTLE, "")
        else:
            self.second.clear()
        self._show_outcome()

    def choose_outcome(self, outcome: Outcome, _on: bool = True) -> None:
        """How it is to end; what was approved was another end, and is asked for anew."""
        if outcome is not self._outcome and self.second.approval is not None:
            self.second.ask(reviews.SETTLE, "")
        self._outcome = outcome
        self._show_outcome()
        self.changed.emit()

    def _filled_in(self) -> None:
        if self._outcome is not None and self.reason.text and self.second.asking:
            self.side.ensureWidgetVisible(self.second)
        self.changed.emit()

    def _show_outcome(self) -> None:
        for outcome, chip in self.outcomes.items():
            chip.setChecked(outcome is self._outcome)
        meaning = {
            Outcome.CENTRAL: self.tr(
                "What central has counts. Tell the visitors, and see to their money by hand."
            ),
            Outcome.AGAIN: self.tr(
                "What was in the way is gone: this window reports the order once more."
            ),
        }
        self._meaning.setText(meaning[self._outcome] if self._outcome is not None else "")
        self._meaning.setVisible(self._outcome is not None)

    # --- settling

    @property
    def approval(self) -> Approval | None:
        """Who approved it."""
        return self.second.approval

    def act(self) -> Act | None:
        review = self.review
        if review is None or not self._ours(review):
            return None
        said = self.tr("Settle this order")
        if self.away:
            return Act(said, self.tr("Central is out of reach: wait for it"))
        if self._outcome is None:
            return Act(said, self.tr("Choose how it ends"))
        if not self.reason.text:
            return Act(said, self.tr("Say why: press a reason, or type one"))
        return Act(said, "" if self.approval is not None else self.tr("A second person signs"))

    def press(self) -> None:
        review, outcome, approval = self.review, self._outcome, self.approval
        if review is None or outcome is None or approval is None or self.doing:
            return
        office, desk, reason = self._context.office, self._context.desk, self.reason.text
        self._doing.ask(
            lambda: reviews.settle(
                office=office,
                desk=desk,
                approval=approval,
                review=review,
                outcome=outcome,
                reason=reason,
            ),
            lambda _none: self._settled(self._order(review)),
            self._refused,
        )

    def _settled(self, order: str) -> None:
        self._begin("")
        self.done.emit(self.tr("Settled: {order}").format(order=order))

    def retranslate(self) -> None:
        self._how.setText(self.tr("How it ends"))
        self.outcomes[Outcome.CENTRAL].setText(self.tr("Central's records stand"))
        self.outcomes[Outcome.AGAIN].setText(self.tr("Report it again"))
        self.reason.set_texts(
            self.tr("Why"),
            self.tr("Another reason"),
            (self.tr("Other seats were given"), self.tr("The money was given back")),
        )
        self.second.retranslate()
        self.empty.set_texts(
            self.tr("Nothing waits for review"),
            self.tr("Central took every order that was reported. What it cannot take is kept "
                    "here until somebody settles it."),
        )  # fmt: skip
        self._show_outcome()
        super().retranslate()

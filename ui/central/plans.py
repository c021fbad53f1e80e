"""Allotments: what windows are to hold ahead of time, what they do hold, and asking for another."""

from __future__ import annotations

from collections.abc import Sequence

from boxoffice import clock
from boxoffice.queries.central import Allottable, allottable
from boxoffice.services.supervising import central_view
from boxoffice.services.supervising.central_view import Overview, Share
from ui import formats
from ui.central.part import CentralPart
from ui.central.plan_form import PlanForm
from ui.central.words import CentralWords
from ui.context import Context
from ui.widgets.part import Act
from ui.widgets.row_model import Row


class PlansPart(CentralPart):
    """Lists plan against what is held, by session; its side asks a window for something else."""

    def __init__(self, context: Context, words: CentralWords) -> None:
        super().__init__(context, words)
        self._sessions: Sequence[Allottable] = ()
        self.form = PlanForm(words)
        self.form.changed.connect(self.changed)
        self.aside.addWidget(self.form, 1)

    def tab(self) -> str:
        return self.tr("Allotments")

    def title(self) -> str:
        return self.tr("Ask a window to hold")

    def came(self) -> None:
        today = clock.business_day(clock.now()).isoformat()
        office = self._context.office
        self._asking.ask(
            lambda: office.read(lambda store: allottable(store, today)),
            self._sessions_came,
            self._refused,
        )

    def _sessions_came(self, found: Sequence[Allottable]) -> None:
        first, self._sessions = not self._sessions, found
        self.refresh_side()
        if first:
            self._row_chosen()

    # --- rows

    def _rows(self, overview: Overview) -> Sequence[Row]:
        return [self._row(overview, share) for share in overview.shares]

    def _row(self, overview: Overview, share: Share) -> Row:
        words = self._words
        planned, held = share.planned, share.held
        if share.numbered and not share.category:
            planned, held = share.orders, share.held_orders
        short = held < planned
        return Row(
            key=_key(share),
            fact=words.session(share.session, share.name_zh, share.name_en),
            detail=words.level(share.category, numbered=share.numbered),
            middle=words.window_of(overview, share.window),
            middle_detail=self._plan(share) or self.tr("not planned: in baskets, or going back"),
            value=f"{formats.count(held)} / {formats.count(planned)}",
            value_tone="attention" if short else "",
            note=self.tr("held / planned"),
        )

    def _plan(self, share: Share) -> str:
        parts = [
            self.tr("%n pair(s)", "", share.pairs) if share.pairs else "",
            self.tr("%n three(s)", "", share.threes) if share.threes else "",
            self.tr("%n four(s)", "", share.fours) if share.fours else "",
            self.tr("%n place(s)", "", share.places) if share.places else "",
            self.tr("%n order(s)", "", share.orders) if share.orders else "",
        ]
        return formats.DOT.join(filter(None, parts))

    def _fill(self) -> None:
        before = self.rows.current
        super()._fill()
        if self.rows.current != before:
            self._row_chosen()

    def _row_chosen(self) -> None:
        shares = self._overview.shares if self._overview is not None else ()
        chosen = next((share for share in shares if _key(share) == self.rows.current), None)
        self.refresh_side()
        if chosen is not None:
            self.form.choose(chosen.window, chosen.session, chosen.category)
        elif self._sessions and self._overview is not None and self._overview.windows:
            own = next((w for w in self._overview.windows if w.own), self._overview.windows[0])
            first = self._sessions[0]
            self.form.choose(own.number, first.code, first.levels[0] if first.levels else "")
        self.changed.emit()

    def refresh_side(self) -> None:
        if self._overview is not None:
            self.form.set_choices(self._overview, self._sessions)

    # --- asking

    def act(self) -> Act | None:
        plan = self.form.plan
        if plan is None:
            return None
        window = self.form.window_box.currentText()
        said = self.tr("Ask {window}").format(window=window)
        if self.away:
            return Act(said, self.tr("Central is out of reach: wait for it"))
        if not self.form.differs:
            return Act(said, self.tr("Change a figure above"))
        return Act(said)

    def press(self) -> None:
        plan = self.form.plan
        if plan is None or self.doing:
            return
        office, desk = self._context.office, self._context.desk
        window = self.form.window_box.currentText()
        self._doing.ask(
            lambda: central_view.ask_for(office=office, desk=desk, plan=plan),
            lambda _none: self._asked(window),
            self._refused,
        )

    def _asked(self, window: str) -> None:
        self.done.emit(self.tr("Asked: {window} answers as it can").format(window=window))

    def retranslate(self) -> None:
        self.form.retranslate()
        self.empty.set_texts(
            self.tr("Nothing is allotted"),
            self.tr("What windows hold ahead of time they can sell while the network is away. "
                    "Choose a window and a session on the right."),
        )  # fmt: skip
        super().retranslate()


def _key(share: Share) -> str:
    return f"{share.window}:{share.session}:{share.category}"

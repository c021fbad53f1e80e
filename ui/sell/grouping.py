"""Binding a group's list to the basket: read, looked at as it is pasted, bound with one key."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from boxoffice.exchange import people_list
from boxoffice.exchange.people_list import PeopleList
from boxoffice.services.sales import groups
from boxoffice.services.sales.groups import Preview
from ui.context import Context
from ui.sell.basket import Basket
from ui.sell.reading import Latest
from ui.sell.side import SellSide
from ui.sell.side_words import SideState
from ui.widgets.page import Page


class Grouping(QObject):
    """Keeps the list only until it is bound or the clerk turns away from it.

    Emits `moved` when the side shows something else than before.
    """

    moved = Signal()

    def __init__(self, context: Context, basket: Basket, side: SellSide, page: Page) -> None:
        super().__init__(page)
        self._context, self._basket, self._side, self._page = context, basket, side, page
        self._listed = PeopleList(())
        self._looking = Latest(context, page)
        side.group.edited.connect(self.read_text)
        side.group.file_wanted.connect(self.choose_file)
        basket.changed.connect(self._basket_changed)

    @property
    def busy(self) -> bool:
        """Whether a list is being read or looked at."""
        return self._looking.busy

    def open(self) -> None:
        """Ask for the list, where there are tickets to bind."""
        view = self._basket.view
        if view is None or not view.lines:
            return
        self._page.error_band.clear()
        self._side.show_state(SideState.GROUP)
        self._side.group.begin()
        self.moved.emit()

    def forget(self) -> None:
        """Nothing of who was listed stays."""
        self._listed = PeopleList(())
        self._looking.forget()
        self._side.group.forget()

    # --- reading

    def read_text(self, text: str) -> None:
        """Look at a list that was pasted or typed."""
        self._look_at(people_list.read_text(text))

    def choose_file(self) -> None:
        """Let the clerk choose a file."""
        dialog = QFileDialog(self._page.panel, self.tr("The group's list"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Lists (*.xlsx *.csv *.txt)"))
        dialog.fileSelected.connect(self.read_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def read_file(self, path: str) -> None:
        """Look at a list from a file."""
        chosen = Path(path)
        self._context.act(
            self._page,
            lambda: people_list.read_file(chosen),
            lambda listed: self._read(chosen.name, listed),
            busy=self._looking,
        )

    def _read(self, name: str, listed: PeopleList) -> None:
        if self._side.state is SideState.GROUP:
            self._side.group.show_file(name)
            self._look_at(listed)

    def _look_at(self, listed: PeopleList) -> None:
        self._listed = listed
        basket, seal = self._basket.id, self._context.office.seal
        if basket is None or not (listed.people or listed.errors):
            self._looking.forget()
            self._side.group.show_preview(None)
            return
        self._looking.ask(
            lambda store: groups.preview(store, seal, basket, listed), self._side.group.show_preview
        )

    def _basket_changed(self) -> None:
        if self._side.state is not SideState.GROUP:
            return
        if self._basket.id is None:
            self.forget()
        else:
            self._look_at(self._listed)

    # --- binding

    def finish(self) -> None:
        """Bind everybody who fits."""
        if not self._side.group.ready or self.busy:
            return
        office, desk, listed = self._context.office, self._context.desk, self._listed

        def work(basket: str | None) -> Preview | None:
            if basket is None:
                return None
            return groups.bind(office=office, desk=desk, basket=basket, listed=listed)

        self._basket.do(work, self._bound)

    def _bound(self, after: Preview | None) -> None:
        if after is None:
            return
        if after.errors or after.over:
            self._side.group.show_preview(after)  # what is left over has to be looked at
            return
        self.forget()
        self._side.show_state(SideState.BASKET)
        self.moved.emit()
        self._page.error_band.say("info", self.tr("The whole list has its tickets."))

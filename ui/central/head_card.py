"""The head of the central page: whether central is in reach, its own chain, whom it waits for."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from boxoffice.services.supervising.central_view import State, View
from ui import formats
from ui.central.words import CentralWords
from ui.widgets.card import Card
from ui.widgets.text import Text


class HeadCard(Card):
    """Two lines; what is not well is said in amber."""

    def __init__(self, words: CentralWords) -> None:
        super().__init__(padding=18, gap=4)
        self._words = words
        self._view: View | None = None
        self._address = ""
        self._title, self.state = Text(role="title"), Text()
        self.chain, self.warning = Text(role="quiet"), Text(wrap=True)
        self.warning.set_tone("attention")
        upper, lower = QHBoxLayout(), QHBoxLayout()
        upper.addWidget(self._title, 1)
        upper.addWidget(self.state)
        lower.addWidget(self.chain, 1)
        self.body.addLayout(upper)
        self.body.addLayout(lower)
        self.body.addWidget(self.warning)
        self.warning.hide()

    def show_view(self, view: View, address: str) -> None:
        """Say how central stands; `address` is empty for the file beside the window's own."""
        self._view, self._address = view, address
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self._title.setText(self.tr("Central records"))
        view = self._view
        if view is None:
            self.state.setText(self.tr("asking…"))
            return
        self.state.setText(self._state(view))
        overview = view.overview
        waits = overview is not None and bool(overview.awaited)
        unwell = waits or view.lost_since is not None
        self.state.set_tone("attention" if unwell else "good")
        if overview is None:
            self.chain.setText("")
            self.warning.hide()
            return
        where = self._address or self.tr("the file beside the window's own")
        own = self._words.head(overview.head, overview.head_hash)
        said = self.tr("its own journal: {head} · {agreement}").format(
            head=own, agreement=self._words.agreement(overview.agrees)
        )
        self.chain.setText(formats.DOT.join((where, said)))
        warnings = []
        if overview.awaited:
            names = ", ".join(str(line.number) for line in overview.awaited)
            said = self.tr(
                "Central was restored and grants nothing until these windows have reported, or "
                "are fenced: {windows}"
            )
            warnings.append(said.format(windows=names))
        if overview.agrees is False:
            warnings.append(self.tr("Central's own journal differs from what was seen here."))
        self.warning.setText("\n".join(warnings))
        self.warning.setVisible(bool(warnings))

    def _state(self, view: View) -> str:
        if view.lost_since is not None:
            since = formats.since(view.lost_since)
            said = self.tr("out of reach since {time}").format(time=since)
            if view.overview is None:
                return said
            last = formats.short_stamp(view.overview.at)
            follows = self.tr("what follows is of {time}").format(time=last)
            return formats.DOT.join((said, follows))
        assert view.overview is not None
        lines = view.overview.windows
        here = sum(line.state is State.HERE for line in lines)
        return self.tr("on line: {here} of {count} windows").format(here=here, count=len(lines))

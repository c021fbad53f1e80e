"""Says what comes next at the pickup desk: the steps, the sentence above the order, its history."""

from __future__ import annotations

import json

from PySide6.QtCore import QObject

from boxoffice.queries.orders import Event, HandedOver, LineView
from ui import formats
from ui.pickup.lookup import OpenOrder
from ui.pickup.sections import Said
from ui.pickup.words import PickupWords

_HISTORY = 6


class PickupGuide(QObject):
    """Reads an order on the screen and says it in sentences."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = PickupWords(self)

    # --- the one next thing, above the order

    def notice(self, found: OpenOrder, window: int) -> Said:
        """What is missing, as the next thing to do; empty text where all is ready."""
        if found.asked.dead:
            return Said(self._dead(found.asked.dead), "danger")
        if not found.waiting:
            reserved = self._reserved(found)
            return Said(reserved, "attention") if reserved else Said(self._over(found), "danger")
        if not found.chosen:
            return Said(self.tr("Tick the tickets to hand over (Alt A ticks all)"), "attention")
        if found.has_documents and not found.verified:
            return Said(
                self.tr("Scan the document of the person picking up: any one of this order"),
                "attention",
            )
        return Said("")

    def _reserved(self, found: OpenOrder) -> str:
        """A reservation is paid for before anything is handed over; "" for any other order."""
        count, deadline = len(found.view.to_pay), found.view.deadline
        if not count or deadline is None:
            return ""
        said = self.tr("Reservation: %n ticket(s) not paid, waiting until {time}.", "", count)
        first = self.tr("Take the money on the orders page (F6) before handing anything over.")
        return f"{said.format(time=formats.short_stamp(deadline))} {first}"

    def _dead(self, state: str) -> str:
        if state == "older":
            return self.tr("This paper was replaced: its code is dead, the newer paper counts.")
        if state == "void":
            return self.tr("This ticket was voided: its code is dead. Keep the paper.")
        return self.tr("This ticket was refunded: its code is dead. Keep the paper.")

    def _over(self, found: OpenOrder) -> str:
        last = max(
            (line for line in found.view.lines if line.handed_over_at is not None),
            key=lambda line: line.handed_over_at.isoformat() if line.handed_over_at else "",
            default=None,
        )
        if last is None or last.handed_over_at is None:
            return self.tr("This order has no valid ticket. Call a supervisor.")
        said = self.tr(
            "Already handed over at {time} at window {window}. "
            "Do not hand over again; call a supervisor if the visitor has no tickets."
        )
        return said.format(
            time=formats.short_stamp(last.handed_over_at), window=last.handed_over_window
        )

    # --- the steps at the side

    def waiting_steps(self) -> list[Said]:
        """Nobody is served yet."""
        return [
            Said("1  " + self.tr("Scan the pickup code or a document")),
            Said("2  " + self.tr("Or type order number, phone or name, then Enter")),
            Said("3  " + self.tr("Print, and count the tickets with the visitor")),
        ]

    def choosing_steps(self) -> list[Said]:
        """Several orders fit."""
        return [
            Said("1  " + self.tr("Choose the right order from the list"), "attention"),
            Said("2  " + self.tr("Not sure? Scan a document: F2")),
        ]

    def steps(self, found: OpenOrder) -> list[Said]:
        """What is left to do for this order; what is done is ticked off."""
        if not found.waiting and found.view.to_pay:
            return [
                Said("1  " + self.tr("Open it on the orders page: F6"), "attention"),
                Said("2  " + self.tr("Take the money; the tickets are printed with it")),
            ]
        if not found.waiting:
            return [
                Said("1  " + self.tr("Show the visitor when and where it was handed over")),
                Said("2  " + self.tr("Call a supervisor if they do not agree")),
            ]
        seen = [line for line in found.view.lines if line.id in found.verified]
        first, tone = "1  " + self.tr("Scan one document of this order"), "attention"
        if seen:
            name = seen[0].attendee or self._words.whose(found.view)
            first, tone = "✓  " + self.tr("Document of {name} checked").format(name=name), "good"
        elif not found.has_documents:
            first, tone = "✓  " + self.tr("No document is needed"), "good"
        count = len(found.chosen)
        if count:
            ticked = Said("✓  " + self.tr("%n ticket(s) chosen", "", count), "good")
        else:
            ticked = Said("2  " + self.tr("Tick the tickets to hand over"), "attention")
        return [
            Said(first, tone),
            ticked,
            Said("3  " + self.tr("Print, and count the tickets with the visitor")),
        ]

    def done_steps(self, in_doubt: bool) -> list[Said]:
        """The tickets are out, or the printer has to be looked at first."""
        if in_doubt:
            return [
                Said("1  " + self.tr("Look at the printer and answer above"), "attention"),
                Said("2  " + self.tr("Count the tickets with the visitor")),
            ]
        return [
            Said("1  " + self.tr("Count the tickets with the visitor")),
            Said("2  " + self.tr("Next visitor: scan straight away")),
        ]

    # --- what happened

    def history(self, found: OpenOrder, window: int) -> list[Said]:
        """The order's past in plain words, oldest first; the newest few where it is long."""
        view = found.view
        lines: list[tuple[str, Said]] = []
        if view.sold_at is not None:
            channel = self._words.channel(view.channel)
            said = self.tr("{time} ordered and paid, {channel}")
            time = formats.short_stamp(view.sold_at)
            lines.append((view.sold_at.isoformat(), Said(said.format(time=time, channel=channel))))
        for event in found.events:
            if event.act == "hand_over":
                lines.append((event.at.isoformat(), Said(self._handed(event))))
        lines += self._handed_elsewhere(view.lines, window)
        return [said for _, said in sorted(lines)[-_HISTORY:]]

    def _handed(self, event: Event) -> str:
        facts = json.loads(event.facts)
        said = self.tr("{time} window {window} handed over {count}, {checked}")
        return said.format(
            time=formats.short_stamp(event.at),
            window=event.window,
            count=self._words.tickets(facts.get("tickets", 0)),
            checked=self._checked(facts.get("checked", "")),
        )

    def _checked(self, code: str) -> str:
        said = {
            "document": self.tr("document checked"),
            "code": self.tr("by code"),
            "none": self.tr("no document seen"),
        }
        return said.get(code, code)

    def _handed_elsewhere(
        self, order_lines: tuple[LineView, ...], window: int
    ) -> list[tuple[str, Said]]:
        """Hand-overs of other windows: this window's journal does not have them."""
        groups: dict[tuple[str, int], list[LineView]] = {}
        for line in order_lines:
            at, where = line.handed_over_at, line.handed_over_window
            if at is not None and where is not None and where != window:
                groups.setdefault((at.isoformat(), where), []).append(line)
        said = self.tr("{time} window {window} handed over {count}")
        return [
            (
                at,
                Said(
                    said.format(
                        time=formats.short_stamp(lines[0].handed_over_at),  # type: ignore[arg-type]
                        window=where,
                        count=self._words.tickets(len(lines)),
                    )
                ),
            )
            for (at, where), lines in groups.items()
        ]

    def recent(self, rows: list[HandedOver]) -> list[Said]:
        """Who was served here last, newest first."""
        return [
            Said(
                f"{formats.time(row.at)}  {row.name or row.number}"
                f"{formats.DOT}{self._words.tickets(row.tickets)}"
            )
            for row in rows
        ]

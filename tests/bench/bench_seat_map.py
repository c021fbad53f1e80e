"""The seat map of 13,520 seats at 1600x900 against a QGraphicsScene with one item per seat.

Every figure is the median time from the change to the last pixel drawn by `repaint()`, the whole
court being in sight. Of the scene only a plain rectangle is asked for each seat; the map draws its
shapes, words and court. A cold repaint uses nothing drawn before; with new states every seat is
also sorted into its look anew, as when the page turns to another session.
"""

from __future__ import annotations

import json
import math
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsView,
    QWidget,
)

from ui import fonts, theme
from ui.widgets.seat_map import LevelStyle, PlanGeometry, SeatMap, SeatState, Shape

HOUSE = Path(__file__).resolve().parents[2]
PLAN = HOUSE.parent / "shared" / "data" / "china-open-2025" / "seatplan-diamond.json"
WIDTH, HEIGHT = 1600, 900
ROUNDS = 25
CHANGES = 500
CATEGORIES = ("A", "B", "C", "D", "Wheelchair", "Companion")
BASELINE = "QGraphicsScene, one rectangle item per seat"


def levels() -> list[LevelStyle]:
    """Looks of the price levels and of the two kinds of places for wheelchairs."""
    looks = [theme.level(place) for place in range(4)]
    styles = [
        LevelStyle(name, look.colour, Shape(look.shape))
        for name, look in zip(CATEGORIES, looks, strict=False)
    ]
    own = theme.level(4).colour
    return [
        *styles,
        LevelStyle("Wheelchair", own, Shape.WHEELCHAIR),
        LevelStyle("Companion", own, Shape.COMPANION),
    ]


def diamond() -> PlanGeometry:
    """The court of the catalogue; where it is absent, an oval of as many seats."""
    if not PLAN.exists():
        return oval(13_520)
    plan = json.loads(PLAN.read_text(encoding="utf-8"))
    seats = []
    rows = []
    for zone, block in enumerate(plan["zones"]):
        for row in block["rows"]:
            rows.append(row["row_number"])
            left = block["position"]["x"] + row["position"]["x"]
            top = block["position"]["y"] + row["position"]["y"]
            for place, seat in enumerate(row["seats"]):
                x, y = left + seat["position"]["x"], top + seat["position"]["y"]
                level = CATEGORIES.index(seat["category"])
                seats.append((x, y, zone, len(rows) - 1, place, seat["seat_number"], level))
    zones = [block["zone_id"] for block in plan["zones"]]
    return geometry(plan["size"]["width"], plan["size"]["height"], zones, rows, seats)


def oval(count: int) -> PlanGeometry:
    """Rows around a court, cut into 24 blocks."""
    seats: list[tuple[Any, ...]] = []
    rows: list[str] = []
    ring = 0
    while len(seats) < count:
        across, down = 30.0 + ring * 0.85, 24.0 + ring * 0.85
        around = int(math.pi * (across + down) / 0.62)
        row_of_block: dict[int, int] = {}
        for place in range(min(around, count - len(seats))):
            angle = 2 * math.pi * place / around
            zone = 24 * place // around
            if zone not in row_of_block:
                row_of_block[zone] = len(rows)
                rows.append(str(ring + 1))
            x, y = 62 + across * math.cos(angle), 54 + down * math.sin(angle)
            seats.append((x, y, zone, row_of_block[zone], place, str(place + 1), ring % 4))
        ring += 1
    return geometry(124.0, 108.0, [str(101 + zone) for zone in range(24)], rows, seats)


def geometry(
    width: float, height: float, zones: list[str], rows: list[str], seats: list[tuple[Any, ...]]
) -> PlanGeometry:
    """The plan of seats given as (x, y, zone, row, ordinal, number, level)."""
    x, y, zone_of, row_of, ordinal, number, level = zip(*seats, strict=True)
    ids = range(1, len(seats) + 1)
    return PlanGeometry(
        width, height, 0.22, ids, x, y, zones, zone_of, rows, row_of, ordinal, number, level
    )


def some_states(count: int, seed: int) -> bytes:
    """A session half sold, with all other states strewn in; four neighbours are mine."""
    weights = (35, 55, 0, 3, 2, 2, 2, 1)
    states = random.Random(seed).choices(range(len(SeatState)), weights, k=count)
    states[count // 3 : count // 3 + 4] = [SeatState.MINE] * 4
    return bytes(states)


def some_changes(count: int, seed: int) -> dict[int, int]:
    """Other states for as many seats, anywhere on the court."""
    chance = random.Random(seed)
    states = (SeatState.FREE, SeatState.TAKEN, SeatState.TAKEN, SeatState.HELD)
    return {seat: chance.choice(states) for seat in chance.sample(range(count), CHANGES)}


class Stopwatch(QObject):
    """Times changes of a shown widget together with the painting they cause."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._widget = widget
        self._paints = 0
        widget.installEventFilter(self)
        # until the platform has exposed the window, nothing is painted at all
        QApplication.processEvents()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count what is painted."""
        self._paints += event.type() == QEvent.Type.Paint
        return False

    def median_ms(self, act: Callable[[int], None]) -> float:
        """Median time of acting and painting; the first two rounds warm up.

        Raises RuntimeError if a round went by without painting.
        """
        times = []
        self._paints = 0
        for number in range(ROUNDS + 2):
            began = time.perf_counter()
            act(number)
            self._widget.repaint()
            times.append((time.perf_counter() - began) * 1000)
        if self._paints < len(times):
            raise RuntimeError("the window was not painted: there is nothing to measure")
        return statistics.median(times[2:])


def measure_map(plan: PlanGeometry) -> dict[str, float]:
    """Median milliseconds of each act on our map."""
    widget = SeatMap()
    widget.resize(WIDTH, HEIGHT)
    widget.set_plan(plan, levels())
    states = [some_states(len(plan), seed) for seed in range(4)]
    changes = [some_changes(len(plan), seed) for seed in range(ROUNDS + 2)]
    widget.set_states(states[0])
    widget.show()
    watch = Stopwatch(widget)
    middle = QPointF(WIDTH / 2, HEIGHT / 3)
    found = {
        "map_cold_repaint": watch.median_ms(lambda n: widget.redraw()),
        "map_new_states": watch.median_ms(lambda n: widget.set_states(states[n % 4])),
        "map_pan": watch.median_ms(lambda n: widget.pan_by(-9 if n % 2 else 7, 3)),
        "map_zoom_step": watch.median_ms(lambda n: widget.zoom_by(1.02, middle)),
    }
    widget.fit(animated=False)
    found["map_500_changes"] = watch.median_ms(lambda n: widget.change_states(changes[n]))
    widget.hide()
    return found


def measure_scene(plan: PlanGeometry) -> dict[str, float]:
    """The same on a scene of items."""
    brushes = [QBrush(QColor(colour)) for colour in ("#0F766E", "#C9CED6", "#111827", "#8A919E")]
    scene = QGraphicsScene(-100, -100, plan.width + 200, plan.height + 200)
    items = []
    for x, y, state in zip(plan.x, plan.y, some_states(len(plan), 0), strict=True):
        item = QGraphicsRectItem(x - 0.22, y - 0.22, 0.44, 0.44)
        item.setPen(Qt.PenStyle.NoPen)
        item.setBrush(brushes[state % 4])
        scene.addItem(item)
        items.append(item)
    view = QGraphicsView(scene)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.resize(WIDTH, HEIGHT)
    view.show()
    view.fitInView(0, 0, plan.width, plan.height, Qt.AspectRatioMode.KeepAspectRatio)
    watch, bar = Stopwatch(view.viewport()), view.horizontalScrollBar()
    changes = [some_changes(len(plan), seed) for seed in range(ROUNDS + 2)]

    states = [dict(enumerate(some_states(len(plan), seed))) for seed in range(4)]

    def change(found: dict[int, int]) -> None:
        for seat, state in found.items():
            items[seat].setBrush(brushes[state % 4])

    found = {
        "map_cold_repaint": watch.median_ms(lambda n: None),
        "map_new_states": watch.median_ms(lambda n: change(states[n % 4])),
        "map_pan": watch.median_ms(lambda n: bar.setValue(bar.value() + (-9 if n % 2 else 7))),
        "map_500_changes": watch.median_ms(lambda n: change(changes[n])),
        "map_zoom_step": watch.median_ms(lambda n: view.scale(1.02, 1.02)),
    }
    view.hide()
    return found


def figures() -> Iterator[dict[str, Any]]:
    """Median milliseconds of each act on the map, and on the scene in the same run."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    fonts.load(app)
    plan = diamond()
    ours, scene = measure_map(plan), measure_scene(plan)
    for name, value in ours.items():
        yield {
            "name": name,
            "value": round(value, 2),
            "unit": "ms",
            "baseline": BASELINE,
            "baseline_value": round(scene[name], 2),
            "ratio": round(value / scene[name], 2),
        }


if __name__ == "__main__":
    for line in figures():
        print(json.dumps(line), flush=True)

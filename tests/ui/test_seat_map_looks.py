"""What the seat map draws: told apart by shape alone, in its place, sharp on dense screens."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from tests.ui.seat_plans import LEVELS, stands
from ui.widgets.seat_map import LevelStyle, MapColours, SeatState, Shape, shape_pixmap
from ui.widgets.seat_map.model import RINGED
from ui.widgets.seat_map.picture import Picture
from ui.widgets.seat_map.shapes import outline
from ui.widgets.seat_map.view import View

BLACK = MapColours(**dict.fromkeys(("ink", "grey", "taken", "held", "unsaleable"), "#000000"))
MIDDLE = 5  # index of the seat that is looked at


def painted(picture: Picture, view: View, size: QSize, ratio: float = 1.0) -> QImage:
    """The picture as a widget of that size shows it."""
    image = QImage(size * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    picture.paint(painter, view, size, ratio)
    painter.end()
    return image


def differences(one: QImage, other: QImage) -> list[int]:
    """How far apart two pictures are, pixel by pixel: 0 to 255."""
    return [
        max(abs(a - b) for a, b in zip(first, second, strict=True))
        for first, second in zip(
            batched(bytes(one.constBits())), batched(bytes(other.constBits())), strict=True
        )
    ]


def batched(pixels: bytes) -> list[bytes]:
    """The four bytes of each pixel."""
    return [pixels[place : place + 4] for place in range(0, len(pixels), 4)]


def drawn(states: dict[int, int], shape: Shape, scale: float, ratio: float = 1.0) -> QImage:
    """The seat in the middle of a black and white picture of 60 by 60 pixels, others unsaleable."""
    plan = stands()
    levels = [LevelStyle(level.name, "#000000", shape) for level in LEVELS]
    picture = Picture(plan, levels, BLACK)
    picture.seats.change_states(states)
    view = View(scale, 30 - plan.x[MIDDLE] * scale, 30 - plan.y[MIDDLE] * scale)
    return painted(picture, view, QSize(60, 60), ratio)


def cell(image: QImage, scale: float) -> bytes:
    """The grey levels of the pixels that belong to the seat."""
    side = round(0.55 * scale)
    place = QRect(30 - side // 2, 30 - side // 2, side, side)
    grey = image.copy(place).convertToFormat(QImage.Format.Format_Grayscale8)
    return b"".join(bytes(grey.constScanLine(y))[:side] for y in range(side))


def ink(image: QImage, scale: float) -> float:
    """How much of the seat is black, from 0 to 1."""
    values = cell(image, scale)
    return 1 - sum(values) / len(values) / 255


@pytest.mark.parametrize("scale", [8.0, 16.0, 40.0])
def test_states_differ_by_shape_alone(qapp, scale: float):
    pictures = {
        state: cell(drawn({MIDDLE: state}, Shape.SQUARE, scale), scale) for state in SeatState
    }
    for one, other in combinations(SeatState, 2):
        apart = sum(
            abs(a - b) > 60 for a, b in zip(pictures[one], pictures[other], strict=True)
        ) / len(pictures[one])
        assert apart > 0.06, (one, other)


@pytest.mark.parametrize("scale", [16.0, 40.0])
def test_levels_differ_by_shape_alone(qapp, scale: float):
    shapes = [
        Shape.CIRCLE, Shape.SQUARE, Shape.DIAMOND, Shape.TRIANGLE, Shape.CROSS,
        Shape.WHEELCHAIR, Shape.COMPANION,
    ]  # fmt: skip
    pictures = [cell(drawn({MIDDLE: SeatState.FREE}, shape, scale), scale) for shape in shapes]
    assert len(set(pictures)) == len(shapes)


@pytest.mark.parametrize("scale", [8.0, 40.0])
def test_mine_is_heaviest_and_taken_is_slight(qapp, scale: float):
    weights = {
        state: ink(drawn({MIDDLE: state}, Shape.SQUARE, scale), scale) for state in SeatState
    }
    assert weights[SeatState.TAKEN] < weights[SeatState.FREE] / 2
    assert weights[SeatState.FREE] > 0.35
    # its tick is white: measured around it, the box is larger than a free seat
    free = drawn({MIDDLE: SeatState.FREE}, Shape.SQUARE, 8.0)
    mine = drawn({MIDDLE: SeatState.MINE}, Shape.SQUARE, 8.0)
    assert QColor(free.pixel(30, 24)).lightness() > QColor(mine.pixel(30, 24)).lightness()


def test_only_the_seats_of_a_look_are_drawn(qapp):
    """A run of text keeps spare glyphs: they must not show."""
    plan = stands()
    picture = Picture(plan, LEVELS, MapColours())
    view = View(20.0, -550.0, -250.0)
    size = QSize(400, 300)
    picture.seats.set_states(bytes(len(plan)))
    full = painted(picture, view, size)
    picture.seats.change_states(dict.fromkeys(range(1, len(plan)), SeatState.TAKEN))
    picture.changed()
    one = painted(picture, view, size)
    picture.seats.change_states(dict.fromkeys(range(1, len(plan)), SeatState.FREE))
    picture.changed()
    assert one != full
    assert painted(picture, view, size) == full
    free = QColor(LEVELS[0].colour).rgb()
    shown = [(x, y) for x in range(400) for y in range(300) if one.pixel(x, y) == free]
    middle = view.to_screen(plan.x[0], plan.y[0])
    assert shown
    assert all(abs(x - middle[0]) < 6 and abs(y - middle[1]) < 6 for x, y in shown)


def test_single_changes_and_all_states_at_once_draw_the_same(qapp):
    plan = stands()
    size, view = QSize(400, 300), View(20.0, -550.0, -250.0)
    states = bytes(index % len(SeatState) for index in range(len(plan)))
    whole, single = (Picture(plan, LEVELS, MapColours()) for _ in range(2))
    whole.seats.set_states(states)
    single.seats.change_states(dict(enumerate(states)))
    assert painted(whole, view, size) == painted(single, view, size)


@pytest.mark.parametrize("scale", [8.0, 20.0])
def test_changes_drawn_into_the_picture_look_like_a_new_one(qapp, scale: float):
    plan = stands()
    size, view = QSize(400, 300), View(scale, 20 - 29 * scale, 30 - 15 * scale)
    picture = Picture(plan, LEVELS, MapColours())
    picture.seats.set_states(bytes(index % 2 for index in range(len(plan))))
    painted(picture, view, size)
    for index, state in enumerate(SeatState):
        picture.change_states({2 * index: state, 2 * index + 1: SeatState.FREE})
    picture.change_states({7: SeatState.TAKEN, 4: SeatState.TAKEN})
    picture.change_states({4: SeatState.MINE})
    patched = painted(picture, view, size)
    picture.changed()
    anew = painted(picture, view, size)
    apart = differences(patched, anew)
    assert max(apart) < 16
    assert sum(difference > 0 for difference in apart) < 400


def test_a_seat_that_was_mine_leaves_nothing_behind(qapp):
    plan = stands()
    size, view = QSize(400, 300), View(8.0, -212.0, -90.0)
    picture = Picture(plan, LEVELS, MapColours())
    picture.seats.set_states(bytes(len(plan)))
    before = painted(picture, view, size)
    picture.change_states({5: SeatState.MINE})
    assert painted(picture, view, size) != before
    picture.change_states({5: SeatState.FREE})
    assert max(differences(painted(picture, view, size), before)) < 16


def test_other_levels_step_back(qapp):
    plan = stands()
    picture = Picture(plan, LEVELS, MapColours())
    picture.seats.set_states(bytes(len(plan)))
    view, size = View(40.0, -1180.0, -780.0), QSize(60, 60)
    bright = painted(picture, view, size)
    picture.seats.set_level_filter(1)
    picture.changed()
    pale = painted(picture, view, size)
    x, y = (round(part) for part in view.to_screen(plan.x[0], plan.y[0]))
    assert QColor(bright.pixel(x, y)) == QColor(LEVELS[0].colour)
    assert QColor(pale.pixel(x, y)).lightness() > QColor(bright.pixel(x, y)).lightness()
    assert QColor(pale.pixel(x + 7, y)) == QColor("#FFFFFF")


def test_a_dense_screen_gets_more_pixels_of_the_same_picture(qapp):
    plain = drawn({MIDDLE: SeatState.FREE}, Shape.CIRCLE, 40.0)
    dense = drawn({MIDDLE: SeatState.FREE}, Shape.CIRCLE, 40.0, ratio=2.0)
    assert dense.size() == plain.size() * 2
    for x, y in ((30, 30), (30, 22), (38, 30), (30, 18), (41, 30)):
        assert dense.pixel(2 * x, 2 * y) == plain.pixel(x, y)


MARKS = {
    Shape.DOT: SeatState.TAKEN,
    Shape.RING: SeatState.HELD,
    Shape.SALTIRE: SeatState.UNSALEABLE,
    Shape.HALF: SeatState.OBSTRUCTED,
}


# those that are mine are few and large: they are drawn as paths
@pytest.mark.parametrize("shape", [shape for shape in Shape if shape is not Shape.TICK])
def test_the_font_draws_what_the_outline_says(qapp, shape: Shape):
    """Seats are glyphs of a font made from the outlines: the two must agree, holes too."""
    scale = 90.0
    plain = next((plain for plain, ringed in RINGED.items() if ringed is shape), None)
    state = MARKS.get(shape, SeatState.FREE) if plain is None else SeatState.OURS
    image = drawn({MIDDLE: state}, plain or shape, scale)
    path: QPainterPath = outline(shape)
    expected = QImage(60, 60, QImage.Format.Format_RGB32)
    expected.fill(QColor("#FFFFFF"))
    painter = QPainter(expected)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(QPointF(30, 30))
    painter.scale(scale / 1000, scale / 1000)
    painter.fillPath(path, QColor("#000000"))
    painter.end()
    pairs = list(zip(cell(image, scale), cell(expected, scale), strict=True))
    assert sum(abs(a - b) > 110 for a, b in pairs) / len(pairs) < 0.02


def test_a_legend_shows_the_same_outline(qapp):
    pixmap = shape_pixmap(Shape.SQUARE, "#C2410C", 18, 2.0)
    image = pixmap.toImage()
    assert image.size() == QSize(36, 36)
    assert image.pixelColor(18, 18) == QColor("#C2410C")
    assert image.pixelColor(0, 0).alpha() == 0

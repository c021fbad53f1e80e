"""The look in one place: type scale, spacing, palette with roles, level colours, one stylesheet.

Sizes are written in design units (pixels of a 1600x900 screen) and scaled by `px`. The scale is
chosen once, before the first widget is made; widgets read it when they are built.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
FAMILY = "Noto Sans SC"

SMALLEST_SCALE = 0.85
LARGEST_SCALE = 3.0


@dataclass(frozen=True, slots=True)
class TypeScale:
    """Heights of text in design units."""

    small: int = 12
    detail: int = 13
    text: int = 15
    label: int = 16
    title: int = 19
    amount: int = 34


@dataclass(frozen=True, slots=True)
class Spacing:
    """Gaps in design units, from between two words to between two zones."""

    hair: int = 2
    tight: int = 4
    small: int = 8
    medium: int = 12
    large: int = 16
    wide: int = 20
    huge: int = 32


@dataclass(frozen=True, slots=True)
class Radii:
    """Corners in design units."""

    small: int = 5
    control: int = 8
    card: int = 10
    hero: int = 12


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they are for; a widget names the role, never the number."""

    ink: str = "#111827"
    grey: str = "#6B7280"
    faint: str = "#C9CED6"
    line: str = "#E2E5EA"
    ground: str = "#F4F5F7"
    sunken: str = "#FAFBFC"
    surface: str = "#FFFFFF"
    accent: str = "#0B5D4E"
    accent_deep: str = "#084A3E"
    accent_soft: str = "#E7F1EE"
    on_accent: str = "#FFFFFF"
    attention: str = "#B45309"
    attention_soft: str = "#FEF3C7"
    attention_ink: str = "#78350F"
    danger: str = "#B4232A"
    danger_soft: str = "#FDECEC"
    danger_ink: str = "#7F1D1D"
    good: str = "#0F8A68"
    dark: str = "#111827"
    dark_raised: str = "#374151"
    key_cap: str = "#EEF0F3"


@dataclass(frozen=True, slots=True)
class Level:
    """How a price level looks, in the legend and on the map: a colour and a shape of the map."""

    colour: str
    shape: str


LEVELS = (
    Level("#C2410C", "square"),
    Level("#B45309", "diamond"),
    Level("#0F766E", "circle"),
    Level("#1D4ED8", "triangle"),
    Level("#6D28D9", "cross"),
)
"""Looks of the price levels by their position in the legend; the sixth begins again."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Everything the look is made of. Widths and heights are design units."""

    type: TypeScale = field(default_factory=TypeScale)
    space: Spacing = field(default_factory=Spacing)
    radius: Radii = field(default_factory=Radii)
    colour: Palette = field(default_factory=Palette)
    levels: tuple[Level, ...] = LEVELS
    nav_width: int = 212
    side_width: int = 364
    top_height: int = 56
    strip_height: int = 44
    row_height: int = 44
    roomy_row_height: int = 72
    primary_height: int = 64
    button_height: int = 48


TOKENS = Tokens()


@dataclass(slots=True)
class _Scale:
    factor: float = 1.0


_scale = _Scale()


def scale() -> float:
    """How many pixels one design unit is."""
    return _scale.factor


def use_scale(factor: float) -> None:
    """Set the scale, kept within what the frame can show; call before the first widget is made."""
    _scale.factor = min(max(factor, SMALLEST_SCALE), LARGEST_SCALE)


def suggested_scale(width: int, height: int) -> float:
    """Scale for a screen of that many (device independent) pixels: 1 up to full HD, 2 at 4K.

    A screen the system already scales reports fewer pixels, so nothing is scaled twice.
    """
    fits = min(width / 1600, height / 900)
    if fits < 1.0:
        return max(fits, 0.9)
    return min(1.0 + max(fits - 1.2, 0.0) * 0.85, 2.4)


def px(units: float) -> int:
    """Whole pixels of a length in design units; a length above zero never becomes nothing."""
    pixels = round(units * _scale.factor)
    return max(pixels, 1) if units > 0 else pixels


def font(size: int | None = None, *, bold: bool = False) -> QFont:
    """The window's font at a size of the type scale (design units; None: body text)."""
    result = QFont()
    result.setFamilies([FAMILY, *QFont().families()])
    result.setPixelSize(px(size if size is not None else TOKENS.type.text))
    result.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return result


@cache
def _colour(value: str) -> QColor:
    return QColor(value)


def colour(role: str) -> QColor:
    """Colour of a role of the palette, as in `colour("accent")`."""
    return _colour(getattr(TOKENS.colour, role))


def level(position: int) -> Level:
    """Look of the price level at that position of the legend."""
    return TOKENS.levels[position % len(TOKENS.levels)]


def stylesheet() -> str:
    """The one application stylesheet, from resources/theme/window.qss, the tokens and the scale.

    In the file `@role` stands for a colour of the palette, `px(n)` for a length in design units
    and `icon(name)` for a file of resources/icons.
    """
    text = (RESOURCES / "theme" / "window.qss").read_text(encoding="utf-8")
    roles = {f.name: getattr(TOKENS.colour, f.name) for f in fields(TOKENS.colour)}
    text = re.sub(r"@(\w+)", lambda found: roles[found[1]], text)
    text = re.sub(r"px\(([\d.]+)\)", lambda found: f"{px(float(found[1]))}px", text)
    icons = (RESOURCES / "icons").as_posix()
    return re.sub(r"icon\((\w+)\)", lambda found: f'url("{icons}/{found[1]}.svg")', text)


def _qt_palette() -> QPalette:
    roles = {
        QPalette.ColorRole.Window: "ground",
        QPalette.ColorRole.WindowText: "ink",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "sunken",
        QPalette.ColorRole.Text: "ink",
        QPalette.ColorRole.PlaceholderText: "grey",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "ink",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "on_accent",
        QPalette.ColorRole.ToolTipBase: "dark",
        QPalette.ColorRole.ToolTipText: "surface",
        QPalette.ColorRole.Link: "accent",
    }
    result = QPalette()
    for role, name in roles.items():
        result.setColor(role, colour(name))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, colour("grey"))
    return result


def apply(app: QApplication) -> None:
    """Dress the application: fonts are loaded by `ui.fonts.load` before."""
    app.setStyle("Fusion")
    app.setPalette(_qt_palette())
    app.setFont(font())
    app.setStyleSheet(stylesheet())

"""The look: tokens fill the stylesheet, sizes scale, the font we ship is the one we see."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication

from ui import fonts, theme


@pytest.fixture
def unscaled() -> Iterator[None]:
    before = theme.scale()
    theme.use_scale(1.0)
    yield
    theme.use_scale(before)


def test_the_stylesheet_has_no_short_form_left(unscaled: None) -> None:
    text = theme.stylesheet()
    assert "@" not in text
    assert "px(" not in text
    assert "icon(" not in text
    assert theme.TOKENS.colour.accent in text


def test_every_icon_the_stylesheet_names_is_there() -> None:
    text = (theme.RESOURCES / "theme" / "window.qss").read_text(encoding="utf-8")
    named = [part.split(")")[0] for part in text.split("icon(")[1:]]
    assert named
    for name in named:
        assert (theme.RESOURCES / "icons" / f"{name}.svg").is_file(), name


def test_the_application_takes_the_stylesheet_without_a_complaint(
    qapp: QApplication, unscaled: None
) -> None:
    before = qapp.styleSheet()
    theme.apply(qapp)  # a rule Qt cannot read is a warning, and a warning fails the test
    assert qapp.styleSheet()
    qapp.setStyleSheet(before)


def test_lengths_follow_the_scale(unscaled: None) -> None:
    assert theme.px(44) == 44
    theme.use_scale(2.0)
    assert theme.px(44) == 88
    theme.use_scale(100)
    assert theme.scale() == theme.LARGEST_SCALE
    theme.use_scale(0.1)
    assert theme.scale() == theme.SMALLEST_SCALE
    assert theme.px(0.1) == 1
    assert theme.px(0) == 0


@pytest.mark.parametrize(
    ("width", "height", "least", "most"),
    [
        (1280, 720, 0.85, 0.95),
        (1600, 900, 1.0, 1.0),
        (1920, 1080, 1.0, 1.1),
        (3840, 2160, 1.9, 2.4),
    ],
)
def test_a_screen_suggests_its_scale(width: int, height: int, least: float, most: float) -> None:
    assert least <= theme.suggested_scale(width, height) <= most


def test_levels_differ_in_colour_and_in_shape() -> None:
    assert len({level.colour for level in theme.LEVELS}) == 5
    assert len({level.shape for level in theme.LEVELS}) == 5
    assert theme.level(5) == theme.level(0)


def _luminance(value: str) -> float:
    parts = [int(value[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink", "surface"), ("grey", "surface"), ("accent", "surface"), ("accent", "accent_soft"),
        ("attention", "surface"), ("attention_ink", "attention_soft"), ("danger", "surface"),
        ("danger_ink", "danger_soft"), ("on_accent", "accent"), ("surface", "dark"),
    ],
)  # fmt: skip
def test_text_can_be_read_on_its_ground(ink: str, ground: str) -> None:
    """4.5 to 1 is what WCAG AA asks of text."""
    pair = [_luminance(getattr(theme.TOKENS.colour, role)) for role in (ink, ground)]
    assert (max(pair) + 0.05) / (min(pair) + 0.05) >= 4.5


def test_our_font_is_used_and_its_figures_are_aligned(qapp: QApplication, unscaled: None) -> None:
    before = qapp.font()
    assert fonts.load(qapp)
    font = theme.font(theme.TOKENS.type.amount, bold=True)
    assert QFontInfo(font).family() == theme.FAMILY
    assert len({QFontMetricsF(font).horizontalAdvance(figure) for figure in "0123456789"}) == 1
    qapp.setFont(before)


def test_a_missing_font_is_said_and_does_not_stop_the_window(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: object,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    before = qapp.font()
    monkeypatch.setattr(theme, "RESOURCES", tmp_path)
    with caplog.at_level(logging.WARNING):
        assert not fonts.load(qapp)
    assert theme.FAMILY in caplog.text
    qapp.setFont(before)

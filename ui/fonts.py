"""Loads the fonts we ship, so that Chinese and aligned figures look the same on every machine."""

from __future__ import annotations

import logging

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from ui import theme

log = logging.getLogger(__name__)


def load(app: QApplication) -> bool:
    """Load Noto Sans SC and make it the window's font; False (and a warning) where it is missing.

    Without it the window still opens with a font of the system. Figures of Noto Sans SC all have
    one width; `tnum` asks the same of a font that stands in for it.
    """
    families: set[str] = set()
    for path in sorted((theme.RESOURCES / "fonts").glob("NotoSansSC-*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        if number < 0:
            log.warning("font %s cannot be read", path.name)
            continue
        families.update(QFontDatabase.applicationFontFamilies(number))
    text = theme.font()
    text.setFeature(QFont.Tag("tnum"), 1)
    app.setFont(text)
    if theme.FAMILY not in families:
        log.warning("font %s is missing from resources/fonts", theme.FAMILY)
    return theme.FAMILY in families

"""Switches the language of the whole window while it runs."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from ui import formats, theme

log = logging.getLogger(__name__)

DEFAULT_LANGUAGE = "zh_CN"
NAMES = {"zh_CN": "中文", "en": "English"}
"""The languages of the window, each by the name it has for itself."""


class Translation:
    """The language of one application.

    `use` sends LanguageChange to every widget (Qt does that when a translator comes or goes); a
    widget answers by setting its texts again.
    """

    def __init__(self, app: QApplication, folder: Path | None = None) -> None:
        self._app = app
        self._folder = folder or theme.RESOURCES / "i18n"
        self._loaded: list[QTranslator] = []
        self._language = formats.language()

    @property
    def language(self) -> str:
        return self._language

    def use(self, language: str) -> None:
        """Speak "zh_CN" or "en"; raises KeyError for any other. What has no text stays English."""
        formats.use(language)
        self._language = language
        QLocale.setDefault(QLocale(language))
        coming = [self._load(f"boxoffice_{language}", self._folder)]
        if language != "en":  # the buttons of Qt's own dialogs
            system = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
            coming.append(self._load(f"qtbase_{language}", system))
        going, self._loaded = self._loaded, [found for found in coming if found is not None]
        for translator in reversed(self._loaded):
            self._app.installTranslator(translator)
        for translator in going:
            self._app.removeTranslator(translator)

    def close(self) -> None:
        """Take the language off the application again, as it was before the first `use`."""
        for translator in self._loaded:
            self._app.removeTranslator(translator)
        self._loaded = []
        formats.use(DEFAULT_LANGUAGE)

    def other(self) -> str:
        """The language a switch would go to."""
        return next(language for language in NAMES if language != self._language)

    def _load(self, name: str, folder: Path) -> QTranslator | None:
        translator = QTranslator(self._app)
        if translator.load(name, str(folder)):
            return translator
        log.warning("translation %s is missing", name)
        translator.deleteLater()
        return None

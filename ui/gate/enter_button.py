"""A primary action that the Enter of its fields presses: the key is shown, the fields bring it."""

from __future__ import annotations

from ui import keys
from ui.widgets.action_button import ActionButton


class EnterButton(ActionButton):
    """Shows a key without taking it: Enter belongs to the field that has the focus."""

    def set_key(self, key: str | None) -> None:
        self._key = key
        self.setAccessibleDescription(keys.caption(key) if key else "")
        self.updateGeometry()

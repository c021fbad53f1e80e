"""The prepared QR symbol is, module for module, the one the qrcode library makes."""

from __future__ import annotations

import random

import pytest
from qrcode import QRCode, constants
from qrcode.util import MODE_ALPHA_NUM, QRData

from boxoffice.documents import qr
from boxoffice.domain.ticket_code import TEXT_LENGTH

BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


@pytest.mark.parametrize("length", [1, 2, 76, TEXT_LENGTH - 1, TEXT_LENGTH])
def test_symbol_equals_the_librarys(length: int) -> None:
    text = "".join(random.Random(length).choices(BASE32, k=length))
    library = QRCode(qr.VERSION, constants.ERROR_CORRECT_Q, border=0, mask_pattern=qr.MASK)
    library.add_data(QRData(text.encode(), mode=MODE_ALPHA_NUM), optimize=0)
    library.make(fit=False)
    rows = [[bool(row >> (qr.SIZE - 1 - x) & 1) for x in range(qr.SIZE)]
            for row in qr.symbol_rows(text)]  # fmt: skip
    assert rows == library.modules


@pytest.mark.parametrize("text", ["A" * (TEXT_LENGTH + 1), "lower", "票"])
def test_what_does_not_fit_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"fit the symbol|not found"):
        qr.symbol_rows(text)

"""What is a payment code, and whose."""

from __future__ import annotations

import pytest

from tests.ui.selling import resident_id
from ui.sell.paying_codes import payment_code, tender_of

WECHAT_CODE, ALIPAY_CODE = "134567890123456789", "281234567890123456"
UNIONPAY_CODE = "6212345678901234567"


@pytest.mark.parametrize(
    ("code", "tender"),
    [(WECHAT_CODE, "wechat"), (ALIPAY_CODE, "alipay"), (UNIONPAY_CODE, "card")],
)
def test_a_code_names_its_tender(code: str, tender: str):
    assert payment_code(code, expected=False) == code
    assert tender_of(code) == tender


def test_a_resident_number_is_no_payment_code_unless_one_is_expected():
    number = next(n for n in map(resident_id, range(40)) if n.isdigit())

    assert payment_code(number, expected=False) == ""
    assert payment_code(number, expected=True) == number

"""Tenders as paper names them, in Chinese and English."""

from __future__ import annotations

from boxoffice.documents.paper import Both
from boxoffice.domain import accounts

TENDERS = {
    accounts.DRAWER: Both("现金", "Cash"),
    accounts.WECHAT: Both("微信支付", "WeChat Pay"),
    accounts.ALIPAY: Both("支付宝", "Alipay"),
    accounts.CARD: Both("银行卡", "Card"),
    accounts.CARD_APART: Both("独立刷卡机", "Stand-alone terminal"),
    accounts.COMPLIMENTARY: Both("赠票", "Complimentary"),
    accounts.TRANSFER: Both("银行转账", "Bank transfer"),
    accounts.EXCHANGE: Both("原票抵付", "Old ticket"),
}


def tender_name(tender: str) -> Both:
    """A tender, or the account of one, as people call it."""
    name = TENDERS.get(accounts.account_of(tender))
    if name is not None:
        return name
    channel = accounts.channel_of(tender)
    return Both(f"渠道 {channel}", f"Channel {channel}")

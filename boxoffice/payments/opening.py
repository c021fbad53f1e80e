"""The payment companies that a home is set up for, ready to be asked."""

from __future__ import annotations

from boxoffice.payments import gateway_settings, iso8583_host
from boxoffice.payments.alipay import Alipay
from boxoffice.payments.protocol import Gateway
from boxoffice.payments.wechat import WeChat
from boxoffice.settings import Home


def open_gateways(home: Home) -> dict[str, Gateway]:
    """Its gateways by tender; nothing is asked of them yet. Raises BadSetting and DiskTrouble."""
    found = gateway_settings.read(home)
    gateways: list[Gateway] = []
    if found.wechat is not None:
        gateways.append(WeChat(found.wechat))
    if found.alipay is not None:
        gateways.append(Alipay(found.alipay))
    if found.card is not None:
        gateways.append(iso8583_host.connect(found.card))
    return {gateway.tender: gateway for gateway in gateways}

"""Notices by text message: the service of Alibaba Cloud, with templates it has approved.

Of the large services it is the one that can be asked what became of a message by a number of ours
(OutId) without one of theirs: so a message whose answer was lost is looked up, not sent twice.
"""

from __future__ import annotations

import json
from typing import Any

from boxoffice import clock
from boxoffice.notices.addresses import mobile_number
from boxoffice.notices.kinds import FACTS, Kind
from boxoffice.notices.protocol import Answer, Channel, Notice, Outcome, Why
from boxoffice.notices.render import values
from boxoffice.notices.settings import TextSettings
from boxoffice.notices.signed_call import call

VERSION = "2017-05-25"
MOST_CHARACTERS = 35
"""Of one value in a template; the service refuses longer ones."""
PAGE = 50

_WHY = {
    "isv.BUSINESS_LIMIT_CONTROL": Why.BUSY,
    "isv.DAY_LIMIT_CONTROL": Why.BUSY,
    "isp.SYSTEM_ERROR": Why.BUSY,
    "isp.GATEWAY_ERROR": Why.BUSY,
    "isv.SYSTEM_ERROR": Why.BUSY,
    "isv.AMOUNT_NOT_ENOUGH": Why.BALANCE,
    "isv.OUT_OF_SERVICE": Why.BALANCE,
    "isv.ACCOUNT_NOT_EXISTS": Why.SIGN_IN,
    "isv.ACCOUNT_ABNORMAL": Why.SIGN_IN,
    "isp.RAM_PERMISSION_DENY": Why.SIGN_IN,
    "SignatureDoesNotMatch": Why.SIGN_IN,
    "InvalidTimeStamp.Expired": Why.SIGN_IN,
    "SignatureNonceUsed": Why.BUSY,
    "isv.MOBILE_NUMBER_ILLEGAL": Why.ADDRESS,
    "isv.BLACK_KEY_CONTROL_LIMIT": Why.ADDRESS,
}
"""Codes of the service that stand for something; those of templates and parameters are left."""
_FOR_GOOD = frozenset({Why.ADDRESS, Why.CONTENT})
_WAITING, _FAILED, _DELIVERED = 1, 2, 3
"""SendStatus of a message that was taken on."""


class TextMessages:
    """Sends by one account."""

    channel = Channel.TEXT
    can_ask = True

    def __init__(self, settings: TextSettings) -> None:
        self._settings = settings

    def send(self, notice: Notice) -> Answer:
        """Try once; without a template for its kind and language, or a number, refused unsent."""
        settings = self._settings
        template = settings.templates.get(f"{notice.kind}.{notice.language}")
        if template is None:
            return Answer(Outcome.REFUSED, Why.CONTENT)
        try:
            number = mobile_number(notice.address)
        except ValueError:
            return Answer(Outcome.REFUSED, Why.ADDRESS)
        said = self._call(
            "SendSms",
            {
                "PhoneNumbers": number,
                "SignName": settings.signs[notice.language],
                "TemplateCode": template,
                "TemplateParam": json.dumps(parameters(notice), ensure_ascii=False),
                "OutId": notice.id,
            },
        )
        return said if isinstance(said, Answer) else Answer(Outcome.SENT)

    def ask(self, notice: Notice) -> Answer:
        """Look for it among the messages of its number on the day it was tried."""
        try:
            number = mobile_number(notice.address)
        except ValueError:
            return Answer(Outcome.REFUSED, Why.ADDRESS)
        page, found = 1, 0
        while True:
            said = self._call(
                "QuerySendDetails",
                {
                    "PhoneNumber": number,
                    "SendDate": f"{clock.venue(notice.sending_at):%Y%m%d}",
                    "PageSize": str(PAGE),
                    "CurrentPage": str(page),
                },
            )
            if isinstance(said, Answer):
                # Whatever stops the question, the answer to it is not known.
                return Answer(Outcome.UNKNOWN, said.why)
            listed, total = _details(said)
            for each in listed:
                if each.get("OutId") == notice.id:
                    return _became(each.get("SendStatus"))
            found += len(listed)
            if found >= total:
                return Answer(Outcome.ABSENT)
            if not listed:
                # It counts messages that it does not list: ours may be among them.
                return Answer(Outcome.UNKNOWN, Why.NOT_READABLE)
            page += 1

    def _call(self, action: str, query: dict[str, str]) -> dict[str, Any] | Answer:
        """What the service says where it did as asked, or why it did not."""
        said = call(self._settings, action, VERSION, query)
        if isinstance(said, Answer):
            return said
        code = str(said.get("Code", ""))
        if code == "OK":
            return said
        if code.startswith(("Throttling", "ServiceUnavailable", "InternalError")):
            why = Why.BUSY
        elif code.startswith(("InvalidAccessKeyId", "Forbidden")):
            why = Why.SIGN_IN
        else:
            why = _WHY.get(code, Why.CONTENT if code else Why.NOT_READABLE)
        if code == "isv.SYSTEM_ERROR" or code.startswith(("isp.S", "isp.G", "InternalError")):
            # Something broke inside: it may have gone all the same.
            return Answer(Outcome.UNKNOWN, why)
        return Answer(Outcome.REFUSED if why in _FOR_GOOD else Outcome.LATER, why)


def parameters(notice: Notice) -> dict[str, str]:
    """The values of a template, by the names it calls them."""
    kind = Kind(notice.kind)
    shown = values(kind, notice.facts, notice.language)
    return {name: shown[name][:MOST_CHARACTERS] for name in FACTS[kind]}


def _details(said: dict[str, Any]) -> tuple[list[dict[str, Any]], int]:
    listed = said.get("SmsSendDetailDTOs")
    rows = listed.get("SmsSendDetailDTO") if isinstance(listed, dict) else None
    total = str(said.get("TotalCount", "0"))
    return (
        [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else [],
        int(total) if total.isdecimal() else 0,
    )


def _became(status: object) -> Answer:
    if status == _FAILED:
        return Answer(Outcome.REFUSED, Why.ADDRESS)
    return Answer(Outcome.SENT) if status in (_WAITING, _DELIVERED) else Answer(Outcome.UNKNOWN)

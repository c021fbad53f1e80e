"""Starts simulated payment companies, sets homes up to pay at them, and directs them from afar."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import requests

from boxoffice.payments.gateway_settings import FILE, SECRETS, AlipaySettings, WeChatSettings
from boxoffice.rehearsal.gateways.alipay import SimulatedAlipay
from boxoffice.rehearsal.gateways.book import Book
from boxoffice.rehearsal.gateways.book_rows import BackState, Rules
from boxoffice.rehearsal.gateways.days import Day
from boxoffice.rehearsal.gateways.keys import Keys, write_secret
from boxoffice.rehearsal.gateways.server import CONTROL, TOKEN_HEADER
from boxoffice.rehearsal.gateways.wechat import SimulatedWeChat
from boxoffice.settings import Home

WECHAT_RULES = Rules(
    reverse_not_before_s=15,
    reverse_within_days=7,
    refund_apart_s=60,
    most_refunds=50,
    refund_within_days=365,
    refund_queries=1,
    password_above_fen=100_000,
)
ALIPAY_RULES = Rules()
BOOK, PORT, TOKEN = "book.jsonl", "port", "token"
_CONTROL_WITHIN_S = 10

Simulated = SimulatedWeChat | SimulatedAlipay


def start(
    kind: str,
    *,
    folder: Path | None = None,
    keys: Keys | None = None,
    rules: Rules | None = None,
    port: int = 0,
    bom: bool = False,
) -> Simulated:
    """Start the company of a tender (wechat, alipay) on this computer; its caller closes it.

    With a folder it keeps its book, keys and port there: started again with the same folder it is
    the same company at the same address, and knows every trade. Raises KeyError for another kind.
    """
    made = {"wechat": WECHAT_RULES, "alipay": ALIPAY_RULES}[kind]
    book = Book(rules=rules or made, prefix={"wechat": "4200", "alipay": "2025"}[kind])
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        keys = keys or Keys.of(folder)
        book = Book(rules=book.rules, prefix=book.prefix, file=folder / BOOK)
        if not port and (folder / PORT).exists():
            port = int((folder / PORT).read_text(encoding="ascii"))
    keys = keys or Keys.make()
    company: Simulated = (
        SimulatedWeChat(book, keys, bom=bom) if kind == "wechat" else SimulatedAlipay(book, keys)
    )
    company.run(port)
    if folder is not None:
        (folder / PORT).write_text(company.address.rpartition(":")[2], encoding="ascii")
        write_secret(folder / TOKEN, company.token)
    return company


def furnish(home: Home, *companies: Simulated) -> None:
    """Set a home up to pay at these companies: payments.toml and the keys in its folder `secrets`.

    Other tables of payments.toml stay as they are.
    """
    secrets = home.path / SECRETS
    secrets.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = home.path / FILE
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    for company in companies:
        settings = company.settings()
        write_secret(secrets / f"{company.kind}-key.pem", settings.key)
        write_secret(secrets / f"{company.kind}-public.pem", settings.public_key)
        text = _without(text, company.kind) + _table(company.kind, settings)
    write_secret(path, text)


def _table(name: str, settings: WeChatSettings | AlipaySettings) -> str:
    values = {"address": settings.address, "store": settings.store}
    if isinstance(settings, WeChatSettings):
        values |= {"mchid": settings.mchid, "appid": settings.appid, "serial": settings.serial}
        values["public_key_id"] = settings.public_key_id
    else:
        values["app_id"] = settings.app_id
    values |= {"key": f"{name}-key.pem", "public_key": f"{name}-public.pem"}
    lines = [f'{key} = "{value}"' for key, value in values.items()]
    return "\n".join([f"[{name}]", *lines, "", ""])


def _without(text: str, name: str) -> str:
    """A TOML text without one of its tables."""
    return re.sub(rf"(?ms)^\[{name}\]$.*?(?=^\[|\Z)", "", text)


class Control:
    """Directs a simulated company that runs in another process."""

    def __init__(self, address: str, token: str) -> None:
        self._address, self._token = address, token

    @classmethod
    def of(cls, folder: Path) -> Control:
        """Of the company that runs, or ran last, with this folder."""
        port = (folder / PORT).read_text(encoding="ascii")
        return cls(f"http://127.0.0.1:{port}", (folder / TOKEN).read_text(encoding="ascii"))

    def spoil(self, day: Day) -> None:
        """Have a bad day."""
        self._tell("spoil", **day.to_json())

    def heal(self) -> None:
        """No more bad days, and nothing held."""
        self._tell("heal")

    def release(self) -> None:
        """Let go of every answer that is held."""
        self._tell("release")

    def settle(self, number: str, state: BackState) -> None:
        """Bring a refund to an end."""
        self._tell("settle", number=number, state=state)

    def set_balance(self, fen: int | None) -> None:
        """What the merchant account holds; None for always enough."""
        self._tell("balance", fen=fen)

    def state(self) -> dict[str, Any]:
        """Its trades, refunds and the rules that were broken."""
        return self._tell("state")

    def _tell(self, what: str, **values: object) -> dict[str, Any]:
        """Raises ValueError where the company does not take it."""
        with requests.Session() as session:
            session.trust_env = False
            answer = session.post(
                self._address + CONTROL,
                data=json.dumps({"do": what, **values}),
                headers={TOKEN_HEADER: self._token},
                timeout=_CONTROL_WITHIN_S,
            )
        if answer.status_code != 200:
            raise ValueError(f"{what}: {answer.status_code}")
        found: dict[str, Any] = answer.json()
        return found

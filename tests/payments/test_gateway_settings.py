"""payments.toml and the keys of a home: read, refused with a reason, and never told."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from boxoffice.errors import BadSetting
from boxoffice.payments import gateway_settings
from boxoffice.payments.opening import open_gateways
from boxoffice.rehearsal.gateways.alipay import SimulatedAlipay
from boxoffice.rehearsal.gateways.book import Book
from boxoffice.rehearsal.gateways.keys import private_text, public_text
from boxoffice.rehearsal.gateways.running import furnish
from boxoffice.rehearsal.gateways.wechat import SimulatedWeChat
from boxoffice.settings import Home, HomeKind, Settings, save
from tests.payments.companies import keys

ADDRESS = "http://127.0.0.1:8443"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A training home that pays at both companies; they need not run to be set up."""
    found = Home(tmp_path)
    save(found, Settings(kind=HomeKind.TRAINING))
    companies = SimulatedWeChat(Book(), keys()), SimulatedAlipay(Book(), keys())
    for company in companies:
        company.address = ADDRESS
    furnish(found, *companies)
    return found


def toml(home: Home) -> Path:
    return home.path / "payments.toml"


def change(old: str, new: str) -> Callable[[Home], None]:
    def act(home: Home) -> None:
        text = toml(home).read_text(encoding="utf-8")
        assert old in text
        toml(home).write_text(text.replace(old, new, 1), encoding="utf-8")

    return act


def test_a_furnished_home_has_its_gateways(home: Home) -> None:
    found = open_gateways(home)
    assert {tender: gateway.tender for tender, gateway in found.items()} == {
        "wechat": "wechat",
        "alipay": "alipay",
    }


def test_nothing_is_set_up_without_the_file(tmp_path: Path) -> None:
    home = Home(tmp_path)
    save(home, Settings())
    assert open_gateways(home) == {}


def test_no_key_is_told(home: Home) -> None:
    told = repr(gateway_settings.read(home))
    assert "PRIVATE KEY" not in told
    assert "PUBLIC KEY" not in told


def test_secrets_are_for_us_alone(home: Home) -> None:
    files = [toml(home), *(home.path / "secrets").iterdir()]
    assert len(files) == 5
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_other_tables_stay(home: Home) -> None:
    text = toml(home).read_text(encoding="utf-8")
    toml(home).write_text('[acquirers]\nfirst = "x"\n\n' + text, encoding="utf-8")
    company = SimulatedAlipay(Book(), keys())
    company.address = "http://127.0.0.1:9999"
    furnish(home, company)
    text = toml(home).read_text(encoding="utf-8")
    assert [text.count(f"[{name}]") for name in ("acquirers", "wechat", "alipay")] == [1, 1, 1]
    found = gateway_settings.read(home)
    assert found.alipay is not None
    assert found.alipay.address == "http://127.0.0.1:9999/gateway.do"


def test_a_key_as_the_tool_of_alipay_writes_it(home: Home) -> None:
    """Bare base64, in the older form."""
    key = keys().merchant
    plain = key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    file = home.path / "secrets" / "alipay-key.pem"
    file.write_text(b64encode(plain).decode("ascii"), encoding="ascii")
    found = gateway_settings.read(home)
    assert found.alipay is not None
    assert found.alipay.key == private_text(key)
    assert found.alipay.public_key == public_text(keys().company)


REFUSED: dict[str, tuple[Callable[[Home], object], str]] = {
    "no TOML": (change("[wechat]", "[wechat"), "its text"),
    "an unknown table": (change("[wechat]", "[wechta]"), "wechta"),
    "no table": (lambda home: toml(home).write_text("wechat = 1\n", encoding="utf-8"), "wechat"),
    "an unknown key": (change("mchid", "mhcid"), "wechat.mhcid"),
    "a key missing": (change("app_id", "# app_id"), "alipay.app_id"),
    "a number for text": (change('mchid = "1900000109"', "mchid = 1900000109"), "wechat.mchid"),
    "a wrong number": (change("1900000109", "19000OO109"), "wechat.mchid"),
    "another computer": (change(ADDRESS, "https://pay.example"), "wechat.address"),
    "no address": (change(ADDRESS, "127.0.0.1"), "wechat.address"),
    "a password in the address": (
        change(ADDRESS, "http://somebody:secret@127.0.0.1"), "wechat.address"
    ),
    "a port that is none": (change(ADDRESS, "http://127.0.0.1:x"), "wechat.address"),
    "a key elsewhere": (change("wechat-key.pem", "../wechat-key.pem"), "wechat.key"),
    "a key that is not there": (change("wechat-key.pem", "other.pem"), "wechat.key"),
    "the wrong key": (change("wechat-key.pem", "wechat-public.pem"), "wechat.key"),
    "the other wrong key": (change('"wechat-public.pem', '"wechat-key.pem'), "wechat.public_key"),
    "a file that others read": (lambda home: toml(home).chmod(0o640), "its rights"),
    "a key that others read": (
        lambda home: (home.path / "secrets" / "alipay-key.pem").chmod(0o644), "its rights"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("damage", "key"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(damage: Callable[[Home], object], key: str, home: Home) -> None:
    damage(home)
    with pytest.raises(BadSetting) as caught:
        gateway_settings.read(home)
    assert caught.value.fields["key"] == key
    assert "secret@" not in str(caught.value)


def test_a_real_home_pays_over_https_only(home: Home) -> None:
    save(home, Settings(kind=HomeKind.REAL))
    change(ADDRESS, "http://pay.example")(home)
    with pytest.raises(BadSetting):
        gateway_settings.read(home)
    change("http://pay.example", "https://pay.example")(home)
    found = gateway_settings.read(home)
    assert found.wechat is not None
    assert found.wechat.address == "https://pay.example"


def test_a_training_home_never_pays_at_the_real_company_by_default(home: Home) -> None:
    change("address", "# address")(home)
    with pytest.raises(BadSetting):
        gateway_settings.read(home)

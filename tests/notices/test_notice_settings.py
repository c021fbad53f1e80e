"""notices.toml: what it takes, what it refuses, and that no secret gets out of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from boxoffice.errors import BadSetting
from boxoffice.notices import settings
from boxoffice.notices.opening import open_senders
from boxoffice.notices.protocol import Channel
from boxoffice.notices.settings import Security
from boxoffice.settings import Home
from tests.notices.carriers import certificate

MAIL = """
[mail]
host = "mail.venue.example"
sender = "tickets@venue.example"
name = "网球公开赛"
user = "tickets"
password = "s3cret-word"
"""
TEXT = """
[text_message]
key_id = "LTAI5t"
key = "s3cret-key"
signs = { zh_CN = "网球公开赛" }
[text_message.templates.refund_sent]
zh_CN = "SMS_1001"
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "settings.toml").write_text('kind = "real"\n', encoding="utf-8")
    return Home(tmp_path)


def write(home: Home, text: str, rights: int = 0o600) -> None:
    path = home.path / settings.FILE
    path.write_text(text, encoding="utf-8")
    path.chmod(rights)


def test_without_a_file_nothing_is_sent(home: Home) -> None:
    assert settings.read(home) == settings.NoticeSettings()
    assert open_senders(home) == {}


def test_both_channels(home: Home) -> None:
    write(home, MAIL + TEXT)
    found = settings.read(home)
    assert found.mail is not None
    assert found.text is not None
    assert (found.mail.port, found.mail.security) == (587, Security.STARTTLS)
    assert found.text.templates == {"refund_sent.zh_CN": "SMS_1001"}
    assert found.text.address == "https://dysmsapi.aliyuncs.com"
    assert "s3cret" not in repr(found)
    assert set(open_senders(home)) == {Channel.MAIL, Channel.TEXT}


@pytest.mark.skipif(os.name != "posix", reason="rights of files")
def test_a_file_that_others_read_is_refused(home: Home) -> None:
    write(home, MAIL, 0o644)
    with pytest.raises(BadSetting) as refused:
        settings.read(home)
    assert "chmod 600" in str(refused.value.fields["why"])


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (MAIL.replace("sender =", "from ="), "mail.from"),
        (MAIL.replace("tickets@venue.example", "tickets"), "mail.sender"),
        (MAIL.replace("mail.venue.example", "smtp://mail"), "mail.host"),
        (MAIL + "port = 70000\n", "mail.port"),
        (MAIL + 'port = "587"\n', "mail.port"),
        (MAIL + 'security = "ssl"\n', "mail.security"),
        (MAIL + 'security = "none"\n', "mail.security"),
        (MAIL + 'ca = "no.pem"\n', "mail.ca"),
        (MAIL.replace('user = "tickets"\n', ""), "mail.user"),
        (MAIL.replace('"网球公开赛"', '"a\\nb"'), "mail.name"),
        ("[mail]\n", "mail.host"),
        ("mail = 7\n", "mail"),
        ("[sms]\n", "sms"),
        (TEXT.replace('key = "s3cret-key"\n', ""), "text_message.key"),
        (TEXT.replace("zh_CN = ", "fr = "), "text_message.signs.fr"),
        (TEXT.replace("refund_sent", "refund"), "text_message.templates.refund.zh_CN"),
        (TEXT.replace('\nzh_CN = "SMS', '\nen = "SMS'), "text_message.signs"),
        (TEXT.replace("signs", 'address = "http://sms.example"\nsigns'), "text_message.address"),
        (TEXT.replace("signs", 'address = "https://a:b@c.example"\nsigns'), "text_message.address"),
        ("password = s3cret", "its text"),
    ],
)
def test_what_is_wrong_is_named_without_its_value(home: Home, text: str, key: str) -> None:
    write(home, text)
    with pytest.raises(BadSetting) as refused:
        settings.read(home)
    assert refused.value.fields["key"] == key
    assert "s3cret" not in str(refused.value)
    assert "s3cret" not in repr(refused.value.fields)


@pytest.mark.parametrize(("text", "key"), [(MAIL, "mail.host"), (TEXT, "text_message.address")])
def test_a_home_for_training_sends_to_this_computer_only(home: Home, text: str, key: str) -> None:
    (home.path / "settings.toml").write_text('kind = "training"\n', encoding="utf-8")
    write(home, text)
    with pytest.raises(BadSetting) as refused:
        settings.read(home)
    assert refused.value.fields["key"] == key


def test_a_certificate_of_the_home(home: Home) -> None:
    _, proof = certificate(home.path)
    write(home, MAIL + f'ca = "{proof.name}"\n')
    found = settings.read(home).mail
    assert found is not None
    assert found.trust().cert_store_stats()["x509_ca"] == 1

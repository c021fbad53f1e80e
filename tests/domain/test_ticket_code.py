"""Ticket codes: what goes in comes out, and nothing altered or wrongly signed gets through."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice import errors
from boxoffice.domain import signing, ticket_code
from boxoffice.domain.ticket_code import TEXT_LENGTH, TicketClaim

ROOT = signing.RootKey(bytes(range(32)))
KEY = signing.WindowKey(bytes(range(1, 33)))
CERTIFIED = ROOT.certify(3, 2, KEY.public_key)
KEYS = {KEY.key_id: CERTIFIED}

claims = st.builds(
    TicketClaim,
    key_id=st.just(KEY.key_id),
    ticket=st.uuids(),
    session=st.integers(0, 2**32 - 1),
    seat=st.integers(0, 2**32 - 1),
    issue=st.integers(0, 255),
    window=st.just(3),
    epoch=st.just(2),
)
CLAIM = TicketClaim(KEY.key_id, UUID(int=77), 12, 13520, 1, 3, 2)
CODE = ticket_code.encode(CLAIM, KEY.sign)


@given(claims)
def test_round_trip(claim: TicketClaim) -> None:
    code = ticket_code.encode(claim, KEY.sign)
    assert len(code) == TEXT_LENGTH
    assert set(code) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    assert ticket_code.verify(code, KEYS.get) == claim
    assert ticket_code.parse(code).claim == claim


@given(st.integers(0, 97), st.integers(1, 255))
def test_any_altered_byte_is_refused(at: int, change: int) -> None:
    parsed = ticket_code.parse(CODE)
    data = bytearray(parsed.signed + parsed.signature)
    data[at] ^= change
    with pytest.raises(errors.BadTicketCode):
        ticket_code.verify(ticket_code._to_text(bytes(data)), KEYS.get)


@given(st.integers(0, TEXT_LENGTH - 1), st.characters())
def test_any_altered_character_is_refused(at: int, letter: str) -> None:
    altered = CODE[:at] + letter + CODE[at + 1 :]
    if altered == CODE:
        return
    with pytest.raises(errors.BadTicketCode):
        ticket_code.verify(altered, KEYS.get)


def test_every_spelling_of_the_last_character_but_ours_is_refused() -> None:
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567":
        if letter != CODE[-1]:
            with pytest.raises(errors.BadTicketCode):
                ticket_code.verify(CODE[:-1] + letter, KEYS.get)


@pytest.mark.parametrize(
    "text", ["", "A", CODE[:-1], CODE + "A", CODE + "=", "A" * TEXT_LENGTH, "é" * TEXT_LENGTH]
)
def test_malformed_text_is_refused(text: str) -> None:
    with pytest.raises(errors.BadTicketCode):
        ticket_code.parse(text)


def test_caps_lock_and_a_scanners_line_end_are_forgiven() -> None:
    assert ticket_code.verify(f" {CODE.lower()}\r\n", KEYS.get) == CLAIM


def test_unknown_key_is_refused() -> None:
    with pytest.raises(errors.BadTicketCode):
        ticket_code.verify(CODE, {}.get)


@pytest.mark.parametrize(("window", "epoch"), [(4, 2), (3, 1)])
def test_a_window_cannot_sign_for_another_window_or_epoch(window: int, epoch: int) -> None:
    claim = TicketClaim(KEY.key_id, UUID(int=1), 1, 1, 1, window, epoch)
    with pytest.raises(errors.BadTicketCode):
        ticket_code.verify(ticket_code.encode(claim, KEY.sign), KEYS.get)


@pytest.mark.parametrize(("field", "value"), [("session", 2**32), ("issue", 256), ("epoch", -1)])
def test_a_field_that_does_not_fit_is_an_error(field: str, value: int) -> None:
    with pytest.raises(ValueError, match=field):
        ticket_code.encode(replace(CLAIM, **{field: value}), KEY.sign)


def test_exported_keys_prove_themselves_after_json() -> None:
    other = ROOT.certify(4, 1, signing.WindowKey(bytes(32)).public_key)
    exported = json.loads(json.dumps(signing.export_keys(ROOT.public_key, [other, CERTIFIED])))
    found = signing.check_keys(exported, ROOT.public_key)
    assert found == {KEY.key_id: CERTIFIED, other.key_id: other}
    assert ticket_code.verify(CODE, found.get) == CLAIM


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("window", 4),
        ("epoch", 3),
        ("window", "3"),
        ("epoch", 70000),
        ("key_id", "00000000"),
        ("public_key", "00" * 32),
        ("public_key", "zz"),
        ("certificate", "00" * 64),
        ("certificate", None),
    ],
)
def test_a_changed_export_is_refused(field: str, value: object) -> None:
    exported = json.loads(json.dumps(signing.export_keys(ROOT.public_key, [CERTIFIED])))
    exported["keys"][0][field] = value
    with pytest.raises(errors.BadKeyChain):
        signing.check_keys(exported)


def test_another_root_is_refused() -> None:
    stranger = signing.RootKey(bytes(32))
    exported = signing.export_keys(ROOT.public_key, [CERTIFIED])
    with pytest.raises(errors.BadKeyChain):
        signing.check_keys(exported, stranger.public_key)
    with pytest.raises(errors.BadKeyChain):
        signing.check_keys({**exported, "root": stranger.public_key.hex()})
    with pytest.raises(errors.BadKeyChain):
        signing.check_keys({**exported, "keys": "none"})

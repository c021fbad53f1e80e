"""Who the server is, is proved by its certificate; who we are, by scram. Nothing else gets in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from tempfile import mkdtemp

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from boxoffice import bootstrap, clock
from boxoffice.errors import CentralNotTrusted, CentralPassword, CentralUnreachable
from boxoffice.records import tls
from boxoffice.records.postgres import Address, connect
from boxoffice.rehearsal.server import UNPRIVILEGED, ScratchServer
from boxoffice.sentences import english
from boxoffice.services.setup import setting_up, windows
from boxoffice.services.setup.central_home import open_central
from boxoffice.settings import Home
from tests.venues import TRAINING_TIME

LIFE = timedelta(days=2)
SYSTEM = {"sslmode": "verify-full", "sslrootcert": "system"}
OURS = {**SYSTEM, "sslrootcert": "ca"}


@dataclass(frozen=True)
class Authority:
    """Certifies servers."""

    key: ec.EllipticCurvePrivateKey
    name: x509.Name

    def certify(self, public: ec.EllipticCurvePublicKey, name: x509.Name, *more: object) -> bytes:
        """A certificate in PEM."""
        now = clock.now()
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self.name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - LIFE)
            .not_valid_after(now + LIFE)
        )
        for extension in more:
            critical = isinstance(extension, x509.BasicConstraints)
            made = made.add_extension(extension, critical=critical)  # type: ignore[arg-type]
        return made.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    def own(self) -> bytes:
        """Its own certificate: what those who trust it are given."""
        ca = x509.BasicConstraints(ca=True, path_length=None)
        return self.certify(self.key.public_key(), self.name, ca)


def authority(name: str) -> Authority:
    """A new one."""
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    return Authority(ec.generate_private_key(ec.SECP256R1()), named)


@dataclass(frozen=True)
class Secured:
    """A server with TLS, and what there is to trust."""

    server: ScratchServer
    ca: Path
    other_ca: Path

    def address(self, host: str = "localhost", ca: Path | None = None, more: str = "") -> Address:
        """Its address under one of its names."""
        url = f"postgresql://{host}:{self.server.port}/boxoffice{more}"
        trusted = str(ca or self.ca)
        return Address(url, "public", "boxoffice_admin", self.server.password, ca=trusted)


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    """Certified as localhost, not as 127.0.0.1; what is not encrypted it turns away."""
    folder = tmp_path_factory.mktemp("tls")
    ours, other = authority("Venue"), authority("Somebody else")
    (folder / "ca.pem").write_bytes(ours.own())
    (folder / "other.pem").write_bytes(other.own())
    server = ScratchServer(Path(mkdtemp(prefix="boxoffice-tls-")))
    server.make()
    server.stop()
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName(
        [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.9"))]
    )
    certificate = ours.certify(key.public_key(), subject, names)
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    for name, content in (("server.crt", certificate), ("server.key", secret)):
        file = server.data / name
        file.write_bytes(content)
        file.chmod(0o600)
        if os.geteuid() == 0:
            shutil.chown(file, UNPRIVILEGED)
    (server.data / "pg_hba.conf").write_text(
        "hostssl all all 127.0.0.0/8 scram-sha-256\nhostssl all all ::1/128 scram-sha-256\n"
    )
    server.start(more={"ssl": "on", "ssl_min_protocol_version": "TLSv1.3"})
    try:
        yield Secured(server, folder / "ca.pem", folder / "other.pem")
    finally:
        server.discard()


def test_a_server_that_proves_its_name_is_spoken_to_by_tls(secured: Secured) -> None:
    with closing(connect(secured.address())) as store:
        found = store.first("SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        assert found == (True, "TLSv1.3")


def refusal(address: Address) -> str:
    """What somebody reads who is not connected."""
    with pytest.raises(CentralNotTrusted) as refused:
        connect(address)
    assert isinstance(refused.value, CentralUnreachable), "off line it sells on"
    said = english(refused.value)
    assert said.startswith("The server does not prove that it is the one")
    assert "not-a-secret" not in said
    return str(refused.value.fields["why"])


def test_a_server_under_another_name_is_refused(secured: Secured) -> None:
    assert "127.0.0.1" in refusal(secured.address("127.0.0.1"))


def test_a_server_certified_by_somebody_else_is_refused(secured: Secured) -> None:
    assert "certificate" in refusal(secured.address(ca=secured.other_ca))


def test_a_missing_certificate_of_our_own_is_no_reason_to_trust(
    secured: Secured, tmp_path: Path
) -> None:
    refusal(secured.address(ca=tmp_path / "gone.pem"))


def test_a_server_in_clear_is_refused_where_a_certificate_is_known(secured: Secured) -> None:
    plain = ScratchServer(Path(mkdtemp(prefix="boxoffice-tls-")))
    plain.make()
    try:
        url = plain.url.replace("127.0.0.1", "localhost")
        assert "SSL" in refusal(Address(url, ca=str(secured.ca)))
    finally:
        plain.discard()


@pytest.mark.parametrize(
    ("url", "ca", "wanted"),
    [
        ("postgresql://127.0.0.1/x", "", {}),
        ("postgresql://localhost,[::1]/x", "", {}),
        ("postgresql:///x", "", {}),
        ("postgresql:///x?host=/run/postgresql", "", {}),
        ("postgresql://db.venue/x", "", SYSTEM),
        ("postgresql://localhost,db/x", "", SYSTEM),
        ("postgresql://10.0.0.5/x", "ca", OURS),
        ("postgresql://localhost/x", "ca", OURS),
        (
            "postgresql:///x?hostaddr=10.0.0.5",
            "ca",
            OURS,
        ),
        ("postgresql://db/x?sslmode=disable", "", {}),
        ("postgresql://db/x?sslmode=verify-ca", "ca", {"sslrootcert": "ca"}),
    ],
)
def test_only_this_computer_or_an_address_that_says_so_does_without(url, ca, wanted) -> None:
    found = tls.options(url, ca, password=False)
    # Nor is one sent that libpq finds by itself, in the environment or in a file.
    assert found.pop("require_auth") == "!password,!md5"
    assert found == wanted


def test_a_password_is_proved_by_scram_and_never_sent(secured: Secured) -> None:
    """A server that asks for it in clear, or for none, is turned away before it has anything."""
    hba = secured.server.data / "pg_hba.conf"
    kept = hba.read_text()
    try:
        for method in ("password", "trust"):
            hba.write_text(kept.replace("scram-sha-256", method))
            secured.server.stop()
            secured.server.start(more={"ssl": "on"})
            address = secured.address()
            named = f"//{address.user}:{address.password}@"
            within = replace(address, url=address.url.replace("//", named), user="", password="")
            for each in (address, within):
                with pytest.raises(CentralUnreachable) as refused:
                    connect(each)
                assert "authentication method requirement" in str(refused.value.fields["why"])
    finally:
        hba.write_text(kept)
        secured.server.stop()
        secured.server.start(more={"ssl": "on"})


def test_a_wrong_password_is_called_by_its_name(secured: Secured) -> None:
    with pytest.raises(CentralPassword) as refused:
        connect(replace(secured.address(), password="not-the-one-of-anybody"))
    assert "boxoffice_admin" in english(refused.value)


def test_a_window_trusts_what_its_enrolment_file_brought(secured: Secured, tmp_path: Path) -> None:
    central, window = Home(tmp_path / "central"), Home(tmp_path / "window")
    admin = f"boxoffice_admin:{secured.server.password}"
    url = f"postgresql://{admin}@localhost:{secured.server.port}/boxoffice"
    with pytest.raises(CentralNotTrusted):
        setting_up.set_up(central, url=url, ca=secured.other_ca, training_time=TRAINING_TIME)
    assert not central.exists
    setting_up.set_up(central, url=url, ca=secured.ca, training_time=TRAINING_TIME)
    out = tmp_path / "enrolment.json"
    with open_central(central) as opened:
        windows.add_window(opened, name="East", out=out)
    bootstrap.enrol_window(window, out, lambda *_: None)
    assert window.ca_file.read_bytes() == secured.ca.read_bytes()
    with bootstrap.open_office(window) as office:
        office.link.greet()
    window.ca_file.write_bytes(secured.other_ca.read_bytes())
    with bootstrap.open_office(window) as office, pytest.raises(CentralNotTrusted):
        office.link.greet()

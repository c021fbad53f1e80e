"""What the tests of notices share: a notice, a certificate, servers to send to."""

from __future__ import annotations

import ssl
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from boxoffice import clock
from boxoffice.notices.kinds import FACTS, FORMS, Form, Kind, stored
from boxoffice.notices.protocol import Notice
from boxoffice.notices.settings import MailSettings, Security, TextSettings
from boxoffice.rehearsal.gateways.mail_server import MailServer
from boxoffice.rehearsal.gateways.text_gateway import TextGateway

SAMPLES: dict[Form, str | int] = {
    Form.TEXT: "3A-2K7Q",
    Form.MONEY: 123_456,
    Form.MOMENT: "2025-09-27T03:00:00.000000Z",
    Form.WORD: "wechat",
}


def facts(kind: Kind) -> dict[str, str | int]:
    """All facts of a kind, one like the other."""
    return {name: SAMPLES.get(FORMS.get(name, Form.BOTH), f"一 {name}") for name in stored(kind)}


def notice(
    address: str = "visitor@example.org",
    kind: Kind = Kind.REFUND_SENT,
    language: str = "zh_CN",
    **more: str | int,
) -> Notice:
    now = clock.now()
    return Notice(
        id="0" * 31 + "7",
        kind=kind,
        language=language,
        address=address,
        facts={**facts(kind), **more},
        created_at=now,
        sending_at=now,
    )


def mail_settings(
    server: MailServer, security: Security = Security.NONE, ca: str = "", host: str = "127.0.0.1"
) -> MailSettings:
    return MailSettings(
        host=host,
        port=server.port,
        sender="tickets@venue.example",
        name="网球公开赛",
        security=security,
        user=server.user,
        password=server.password,
        ca=ca,
    )


def text_settings(gateway: TextGateway, key: str = "") -> TextSettings:
    return TextSettings(
        key_id=gateway.key_id,
        key=key or gateway.key,
        signs={"zh_CN": "网球公开赛", "en": "TennisOpen"},
        templates={
            f"{kind.value}.{language}": template_number(kind, language)
            for kind in Kind
            for language in ("zh_CN", "en")
        },
        address=gateway.address,
    )


def template_number(kind: Kind, language: str) -> str:
    place = list(Kind).index(kind) * 2 + (language == "en")
    return f"SMS_{1000 + place}"


APPROVED = {
    template_number(kind, language): FACTS[kind] for kind in Kind for language in ("zh_CN", "en")
}


def certificate(folder: Path, name: str = "localhost") -> tuple[ssl.SSLContext, Path]:
    """A server's side of TLS for a name, and the certificate file that proves it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    # Real time: TLS itself asks the computer's clock.
    begins = datetime(2020, 1, 1)
    alternatives: list[x509.GeneralName] = [x509.DNSName(name)]
    if name == "localhost":
        alternatives.append(x509.IPAddress(ip_address("127.0.0.1")))
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=36_500))
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    proof, secret = folder / f"{name}.pem", folder / f"{name}.key"
    proof.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(proof, secret)
    return context, proof

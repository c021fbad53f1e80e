"""What a broken line to central says, in words for people: the driver has its own, in English."""

from __future__ import annotations

import re

from boxoffice.sentences.words import QT_TRANSLATE_NOOP

LINE_WORDS: tuple[tuple[str, str], ...] = (
    ("Connection refused", QT_TRANSLATE_NOOP("values", "nothing answers at its address")),
    (
        "translate host name|resolve|not known|name resolution",
        QT_TRANSLATE_NOOP("values", "the name of its server is not known here"),
    ),
    (
        "No route to host|etwork is (unreachable|down)",
        QT_TRANSLATE_NOOP("values", "there is no way to its server"),
    ),
    ("time.?out|timed out|deadlock", QT_TRANSLATE_NOOP("values", "it takes too long to answer")),
    (
        "too many (clients|connections)|connection slots",
        QT_TRANSLATE_NOOP("values", "its server has too many connections"),
    ),
    (
        "starting up|shutting down|recovery mode|not (currently|yet) accepting",
        QT_TRANSLATE_NOOP("values", "its server is starting or stopping"),
    ),
    (
        "read-only|read-write",
        QT_TRANSLATE_NOOP("values", "none of its servers can be written to"),
    ),
    ("expired", QT_TRANSLATE_NOOP("values", "its certificate is out of date")),
    (
        "does not match host|hostname mismatch",
        QT_TRANSLATE_NOOP("values", "its certificate is for another name"),
    ),
    ("not support SSL", QT_TRANSLATE_NOOP("values", "it speaks in clear only")),
    (
        "certificate verify failed|root certificate",
        QT_TRANSLATE_NOOP("values", "its certificate is not of anybody trusted here"),
    ),
    (
        "permission denied|must be (owner|superuser)",
        QT_TRANSLATE_NOOP("values", "its server does not allow that to this login"),
    ),
    (
        "not permitted to log in|no pg_hba.conf entry|pg_hba.conf rejects|role .* does not exist",
        QT_TRANSLATE_NOOP("values", "its server does not let this login in from here"),
    ),
    (
        "Peer authentication|Ident authentication|GSSAPI authentication",
        QT_TRANSLATE_NOOP("values", "its server wants another proof than a password"),
    ),
    (
        "invalid .* value|invalid value for|invalid integer value|invalid connection option",
        QT_TRANSLATE_NOOP("values", "its address holds a setting that cannot be"),
    ),
    ("database .* does not exist", QT_TRANSLATE_NOOP("values", "its database is not there")),
    (
        "closed|lost|terminating connection|reset by peer|[Bb]roken pipe|EOF|the second line",
        QT_TRANSLATE_NOOP("values", "the line broke"),
    ),
    (
        "of this reservation are not reported",
        QT_TRANSLATE_NOOP("values", "changes of this reservation are not reported yet"),
    ),
)
"""What the driver, or the system below it, says (a pattern), and our words for it; the first that
fits counts."""


def line_words(why: str) -> str:
    """Why a line broke, in English words; what is not known here stays as the driver said it."""
    return next((words for said, words in LINE_WORDS if re.search(said, why)), why)

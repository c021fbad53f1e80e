"""Numbers of taxpayers, as they stand on a tax invoice."""

from __future__ import annotations

import re

from stdnum.cn import ric, uscc

_OLD = re.compile(r"[0-9]{15}|[0-9A-Z]{17}|[0-9A-Z]{20}")
"""Registrations from before there was the unified code, and of temporary taxpayers."""


def tax_number(text: str) -> str:
    """A taxpayer's number as it is printed: the unified social credit code of 18 characters, an
    individual trader's document, or an older registration of 15, 17 or 20.

    Raises ValueError for what cannot be one.
    """
    plain = re.sub(r"[\s-]", "", text).upper()
    if len(plain) == 18:
        if not (uscc.is_valid(plain) or ric.is_valid(plain)):
            raise ValueError("check digit")
    elif not _OLD.fullmatch(plain):
        raise ValueError("length")
    return plain

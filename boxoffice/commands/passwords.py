"""The password of the records' owner, asked for where nobody could see it being given."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from typing import TypeVar

from boxoffice.addresses import with_login
from boxoffice.errors import OwnerPassword, PasswordMissing

T = TypeVar("T")


def asking(url: str, act: Callable[[str], T]) -> T:
    """Do `act` with an address; where the server wants a password that nothing holds, ask for it.

    Nothing is asked for without a terminal. Raises what `act` raises: of the login it is to raise
    PasswordMissing or OwnerPassword before it does anything else.
    """
    try:
        return act(url)
    except (PasswordMissing, OwnerPassword) as refused:
        kept = refused.fields.get("where") in (None, "keys")
        if not (url and kept and sys.stdin.isatty()):
            raise  # one that was named is wrong: whoever named it corrects it there
        user = str(refused.fields["user"])
    return act(with_login(url, user, getpass.getpass(f"Password of {user}: ")))

"""Column types that STRICT tables take: text, whole numbers, money and moments."""

from __future__ import annotations

from datetime import datetime

import peewee

from boxoffice import clock
from boxoffice.domain.money import Money


class IdField(peewee.TextField):
    """32 hexadecimal digits of a time-ordered UUID."""


class UtcField(peewee.TextField):
    """An aware moment, stored as fixed-width UTC text so that text order is time order."""

    def db_value(self, value: datetime | str | None) -> str | None:
        return clock.to_text(value) if isinstance(value, datetime) else value

    def python_value(self, value: str | None) -> datetime | None:
        return None if value is None else clock.from_text(value)


class MoneyField(peewee.IntegerField):
    """Whole minor units. Floats and booleans are refused here, before the table refuses them."""

    def db_value(self, value: int | Money | None) -> int | None:
        if isinstance(value, Money):
            return value.fen
        if value is None or type(value) is int:
            return value
        raise TypeError(f"money wants an int of minor units, not {type(value).__name__}")


class Table(peewee.Model):
    """Base of all tables; bound to no database, since the same tables live in two."""

    class Meta:
        legacy_table_names = False

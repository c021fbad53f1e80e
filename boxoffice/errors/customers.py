"""What customers are told, and their tax invoices."""

from __future__ import annotations

from boxoffice.errors.base import Refused


class BadContact(Refused):
    """A customer cannot be written to like that. Fields: why (mail_address, mobile_number)."""


class NoInvoice(Refused):
    """There is nothing to make a tax invoice of. Fields: why (nothing_paid, invoiced, by_channel,
    not_paid_up)."""


class BadInvoice(Refused):
    """What should stand on a tax invoice cannot. Fields: why (invoice_title, tax_number)."""


class BadInvoiceFile(Refused):
    """A file of the invoice platform cannot be taken in. Fields: file, line, why."""


class NoInvoiceFile(Refused):
    """No file for the invoice platform has that name. Fields: file."""

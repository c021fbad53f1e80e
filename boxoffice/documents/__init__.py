"""Tickets and receipts as PDF pages; plain values in, the same bytes out every time."""

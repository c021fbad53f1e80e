"""Tickets, receipts and slips put on paper."""

"""Tenders that ask an outside party for money: payment codes and card terminals."""

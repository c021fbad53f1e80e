"""Money outside: bills held against the ledger, and transfers by the bank."""

"""Tables and transactions: the same tables in a window's file and in the central records."""

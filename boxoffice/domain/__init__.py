"""Pure rules of the trade: no database, socket, thread or log."""

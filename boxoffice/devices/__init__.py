"""The machines of a window behind small protocols: printers."""

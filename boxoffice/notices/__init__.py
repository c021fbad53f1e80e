"""What goes out to visitors: mail and text messages, behind one protocol."""

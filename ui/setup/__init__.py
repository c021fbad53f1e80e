"""Parts of the setup page."""

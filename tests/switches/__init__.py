"""Every rule of custody as something that can be switched off, and the tests that then fail."""

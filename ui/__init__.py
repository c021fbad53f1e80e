"""The window: Qt only; it asks services and queries and knows no table, driver or socket."""

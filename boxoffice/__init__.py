"""The box office without a screen: rules, records, services and commands. Knows no Qt."""

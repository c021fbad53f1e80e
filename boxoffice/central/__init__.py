"""What windows share: custody, taking and giving, push and pull (CUSTODY.md)."""

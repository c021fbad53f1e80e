"""Parts of the page on which play is recorded, and paid back for what was not played."""

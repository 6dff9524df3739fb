"""`launch.json` and `tasks.json`: what Delve does with an entry, which entries we generate, how they are merged."""

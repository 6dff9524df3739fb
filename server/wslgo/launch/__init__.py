"""`launch.json` and `tasks.json`: the behaviour of Delve, generated entries, their merge."""

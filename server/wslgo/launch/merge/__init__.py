"""Generated entries merged into a user's `launch.json` or `tasks.json`."""

"""Rules about `launch.json`."""

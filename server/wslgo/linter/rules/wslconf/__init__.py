"""Rules about `wsl.conf`, which sets up a distribution."""

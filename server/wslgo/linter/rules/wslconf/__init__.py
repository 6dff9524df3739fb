"""Rules about `wsl.conf`, which configures one distribution."""

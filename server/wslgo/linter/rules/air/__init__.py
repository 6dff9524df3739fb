"""Rules about `.air.toml`."""

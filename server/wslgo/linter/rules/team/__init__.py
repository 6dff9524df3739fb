"""Rules about `wslgo.yaml`."""

"""Rules about the limits of wslgo itself."""

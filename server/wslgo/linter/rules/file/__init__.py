"""What wslgo itself does not do with a file."""

"""`wslgo.lock`: found and read, written for a machine, and compared with one."""

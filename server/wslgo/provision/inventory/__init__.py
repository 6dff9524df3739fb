"""The things that were provisioned, by the records of wslgo, compared with the machine as it is."""

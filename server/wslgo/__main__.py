"""`python -m wslgo`."""

from wslgo.cli import console

if __name__ == "__main__":
    console()

"""The syntax of `.wslconfig` and `wsl.conf`, as WSL's own parser reads it."""

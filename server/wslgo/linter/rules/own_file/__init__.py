"""Rules that compare the machine's own `.wslconfig` and `wsl.conf` with the machine.

Each declares the facts that it needs by family, and with them the families that it serves.
"""

"""Rules that compare `.wslconfig` and `wsl.conf` with the machine that reads them; they speak of no other copy.

Each names the facts it needs by family, and thereby the families that it serves.
"""

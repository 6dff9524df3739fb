"""Rules about what `.wslconfig` and `wsl.conf` share: the grammar, the types of values, the tables of keys."""

"""Rules about the machine: each judges facts of the `Host`, which are also on the health page."""

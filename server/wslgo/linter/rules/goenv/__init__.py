"""Rules about the value of a Go variable, in every file that can set one."""

"""This computer as data (`Host`), and the probes that fill it in."""

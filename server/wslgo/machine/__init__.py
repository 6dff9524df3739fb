"""This computer as data (`Host`), and the probes that collect the facts."""

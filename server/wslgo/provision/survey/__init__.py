"""The facts that steps need, from the machine and the network."""

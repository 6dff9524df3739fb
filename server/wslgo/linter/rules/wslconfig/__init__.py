"""Rules about `.wslconfig`, which configures the virtual machine."""

"""Rules about `.wslconfig`, which sets up the virtual machine."""

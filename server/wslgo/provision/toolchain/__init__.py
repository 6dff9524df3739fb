"""A Go toolchain from anywhere, verified before a byte of it is unpacked."""

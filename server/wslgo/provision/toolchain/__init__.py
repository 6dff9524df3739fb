"""Go toolchains: found, downloaded, verified, and only then unpacked."""

"""The content of configuration files that wslgo creates: a place to start, without any effect."""

WSLCONFIG = """\
# Settings of the WSL 2 virtual machine, for all distributions.
# They take effect after `wsl --shutdown`.
[wsl2]
# memory=8GB
# processors=4
# networkingMode=mirrored
""".replace("\n", "\r\n")

WSLCONF = """\
# Settings of this distribution.
# They take effect after `wsl --terminate` with its name.
[boot]
# systemd=true
"""

GOENV = """\
# Variables of the go command, one NAME=value a line; `go env -w` writes them here, too.
# GOPROXY=https://proxy.golang.org,direct
"""

TEMPLATES = {"wslconfig": WSLCONFIG, "wslconf": WSLCONF, "goenv": GOENV}

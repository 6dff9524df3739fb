"""The files that shells read when they start: bash(1), zsh(1), fish(1), dash(1), busybox ash; Debian's builds (2026-08)."""

# A login bash reads only the first that exists.
LOGIN_FILES = (".bash_profile", ".bash_login", ".profile")

ZSHENV = ".zshenv"
FISH_CONFIG = ".config/fish/config.fish"
FISH_FOLDER = ".config/fish/conf.d"

# In the home folder, in the order in which each shell reads them.
SHELL_FILES = {
    "bash": (*LOGIN_FILES, ".bashrc"),
    "zsh": (ZSHENV, ".zprofile", ".zshrc"),
    "fish": (FISH_CONFIG,),
    "sh": (".profile",),
    "dash": (".profile",),
    "ash": (".profile",),
    "busybox": (".profile",),
}
# Those of them in the syntax of sh.
SH_FILES = tuple(dict.fromkeys(name for shell, names in SHELL_FILES.items() if shell != "fish" for name in names))

# Of all users. PAM reads the first one, whatever the shell.
ENVIRONMENT = "/etc/environment"
PROFILE = "/etc/profile"
PROFILE_FOLDER = "/etc/profile.d"
SYSTEM_BASHRC = "/etc/bash.bashrc"
SYSTEM_ZSHENV = "/etc/zsh/zshenv"
# Those of all users that only one shell reads, in its order.
SYSTEM_FILES = {
    "bash": (SYSTEM_BASHRC,),
    "zsh": (SYSTEM_ZSHENV, "/etc/zsh/zprofile", "/etc/zsh/zshrc"),
}

"""The files that a login shell and an interactive shell read when they start."""

# A login bash reads only the first that exists.
LOGIN_FILES = (".bash_profile", ".bash_login", ".profile")

# In the order in which each shell reads them.
SHELL_FILES = {
    "bash": (*LOGIN_FILES, ".bashrc"),
    "zsh": (".zshenv", ".zprofile", ".zshrc"),
    "fish": (".config/fish/config.fish",),
    "sh": (".profile",),
    "dash": (".profile",),
}

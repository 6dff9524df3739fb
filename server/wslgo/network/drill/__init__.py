"""The drill: the user's GOPROXY on loopback, each entry failing in each way, through the real go command."""

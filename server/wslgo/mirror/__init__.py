"""A folder with modules that the go command reads as a module proxy, made without a server and verified."""

"""Rules about paths on Windows drives, in shell files and in `wsl.conf`."""

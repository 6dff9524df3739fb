"""Rules about the mount options of Windows drives, in `wsl.conf` and in `/etc/fstab`."""

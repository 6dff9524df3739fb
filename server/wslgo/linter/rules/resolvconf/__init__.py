"""Rules about `/etc/resolv.conf`."""

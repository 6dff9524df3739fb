"""Rules about `vendor/modules.txt`."""

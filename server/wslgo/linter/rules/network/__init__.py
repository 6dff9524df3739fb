"""Rules about addresses and ports, in every file that commands or programs take them from."""

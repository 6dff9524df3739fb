"""Rules about programs that wait for changes of files."""

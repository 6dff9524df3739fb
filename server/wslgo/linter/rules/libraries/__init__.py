"""Rules about the folders of the dynamic linker, in every file that sets environment variables."""

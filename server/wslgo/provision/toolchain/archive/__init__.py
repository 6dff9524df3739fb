"""Archives unpacked inside a folder that they cannot leave."""

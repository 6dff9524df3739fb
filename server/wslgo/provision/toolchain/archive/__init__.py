"""Archives: read strictly, and unpacked inside one folder."""

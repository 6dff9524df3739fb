"""The steps: one module each, a pure function from what was found and wished to what is to be done."""

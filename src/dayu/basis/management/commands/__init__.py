"""Commands of the basis library."""

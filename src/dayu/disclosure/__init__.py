"""Disclosure (公示公开): what becomes public is derived from the case itself, masked, on time, and withdrawn on time."""

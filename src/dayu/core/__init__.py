"""Machinery that every domain stands on and that knows nothing of water."""

"""Append-only Merkle log (RFC 6962 hashing, C2SP tiles and checkpoints): pure functions, no database, no clock."""

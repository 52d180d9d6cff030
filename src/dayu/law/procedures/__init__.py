"""Procedures as declarations: lists of steps with literals and named conditions only."""

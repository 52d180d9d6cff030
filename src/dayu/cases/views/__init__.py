"""Screens of penalty cases."""

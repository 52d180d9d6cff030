"""Screens of the records domain."""

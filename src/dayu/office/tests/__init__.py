"""Tests of the office door."""

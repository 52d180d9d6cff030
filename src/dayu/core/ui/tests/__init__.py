"""Tests of the interface components."""

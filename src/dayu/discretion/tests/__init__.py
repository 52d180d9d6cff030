"""Tests of the discretion domain."""

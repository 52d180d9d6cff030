"""Tests of distances and coordinates."""

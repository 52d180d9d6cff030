"""Tests of the proof log mathematics."""

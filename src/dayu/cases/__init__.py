"""Penalty cases (处罚案件): an append-only journal, and everything derived from it."""

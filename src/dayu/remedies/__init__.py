"""Remedies (救济): reconsideration and litigation against decisions, procuratorial recommendations and their clocks."""

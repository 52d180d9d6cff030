"""Inspections (检查) as on-site checks: two officers, lawful order, never rectification instead of enforcement."""

"""Leads (线索): one pool for all sources; each ends in a case, a reasoned refusal, a transfer, or as joined or invalid."""

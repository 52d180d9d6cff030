"""The law as pure functions over dated, cited data: no Django, no database, no clock, no network."""

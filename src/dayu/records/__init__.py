"""全过程记录: evidence, advance registration, records of proceedings, and one timeline for each act."""

"""Basis (依据): imported statute texts, who cites which article, and the parameters that territories set."""

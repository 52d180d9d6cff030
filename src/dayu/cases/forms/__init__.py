"""Forms of penalty cases, by legal stage; `acts.py` says which act has which form."""

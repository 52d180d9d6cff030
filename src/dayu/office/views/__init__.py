"""The pages of the office, one file for each."""

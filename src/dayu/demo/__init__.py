"""The demonstration: an invented county, filled through the same actions a user takes."""

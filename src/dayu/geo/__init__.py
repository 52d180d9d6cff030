"""Places on the earth as pure functions: distance, nearness to a line, and the shifted coordinates of Chinese maps."""

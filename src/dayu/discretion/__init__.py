"""Discretion (裁量基准): benchmarks that an authority drafts, has examined, issues in versions, and tries on past cases."""

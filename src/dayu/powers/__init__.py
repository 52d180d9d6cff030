"""Powers (职权): which items an agency enforces, which unit and post exercises each, and the benchmarks it publishes."""

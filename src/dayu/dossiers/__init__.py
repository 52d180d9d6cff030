"""案卷: what was written, taken and decided in a case, bound in order, with cover, index, page numbers and closing note."""

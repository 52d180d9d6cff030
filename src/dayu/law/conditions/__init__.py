"""Named conditions of the penalty procedure: one legal question a file, each a pure function of situation and party."""

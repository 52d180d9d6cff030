"""Settings and addresses: knows everyone, known by no one."""

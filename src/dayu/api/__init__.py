"""The door for programs: the routers of the domains, and every action under one address."""

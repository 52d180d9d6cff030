"""The office door: my work, approvals, notifications, search, settings. Pages that join domains; no rules of its own."""

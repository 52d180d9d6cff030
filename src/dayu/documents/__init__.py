"""Documents (文书): drafts, holds, numbers, seals, printing, what comes back from paper, and service."""

"""Work (待办): tasks, running deadlines, approvals, delegation, notifications."""

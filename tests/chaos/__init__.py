"""Reminders that always come, once: many of them, on real databases, while processes die and Slack breaks."""

"""Slack's shapes, built from the model. Nothing here changes anything."""

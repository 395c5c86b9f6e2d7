"""The Slack edge, over the wire."""

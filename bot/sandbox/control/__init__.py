"""The control address: for tests, for the page, for the acted demo. Not part of Slack."""

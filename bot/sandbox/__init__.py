"""A local stand-in for Slack. It knows Slack's protocol and nothing of the bot, and refuses what Slack refuses."""

"""The page a person tries the bot on: files for a browser, and the server push that keeps every window up to date."""

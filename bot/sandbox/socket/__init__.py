"""How the stand-in reaches the bot: Socket Mode or a request URL, and the repetition of events."""

"""What a person at a Slack client can do, and nothing a client would not let them do."""

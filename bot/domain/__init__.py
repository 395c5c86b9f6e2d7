"""Rules as plain values and functions: no database, no Slack, no sentences. `now` is always a parameter."""

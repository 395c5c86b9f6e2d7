"""Text → findings: what must not be in a text about a case. Pure; stores nothing."""

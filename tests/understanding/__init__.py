"""Text → question, text → moment."""

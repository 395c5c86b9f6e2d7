"""Text → question, text → moment. Pure, offline and deterministic."""

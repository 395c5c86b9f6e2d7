"""Pure functions from values to Block Kit, in the reader's language."""

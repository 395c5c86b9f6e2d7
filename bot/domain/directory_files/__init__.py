"""The directory as tables people fill in: columns (a contract, DESIGN.md section 4), what is wrong in them, what changes."""

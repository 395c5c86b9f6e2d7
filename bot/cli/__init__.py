"""The shell commands, one module per group; heavy imports stand inside the functions that need them."""

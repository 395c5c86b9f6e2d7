"""What comes back from a form, and what a button carries to it: one module per capability."""

"""The facts the product carries with it, and their typed loaders."""

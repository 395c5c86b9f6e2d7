"""The documents and the product say the same."""

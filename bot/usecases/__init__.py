"""What a person or the ticker can do: load, act, commit. A use case never imports another."""

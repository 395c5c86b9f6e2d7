"""The demo: its world, its directory, the acted main job and its movable clock."""

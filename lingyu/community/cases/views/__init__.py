"""Pages of the cases for members: `standing`, `reporting`, `statements`, `appealing`."""

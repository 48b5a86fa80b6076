"""The pages of sharing: links to articles, and inviting friends."""

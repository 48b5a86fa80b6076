"""The pages of the comments: `talking` below an article, `reviewing` for moderators."""

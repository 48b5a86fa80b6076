"""The pages of the articles: `reading` for everybody, the others for those who write."""

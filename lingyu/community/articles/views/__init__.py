"""The pages of the articles: `reading` for everybody, `writing` for authors."""

"""The pages of the shelves: `lists` for readers, `feeds` for their programs, `robots` for search engines."""

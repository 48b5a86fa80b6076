"""Shelves: where articles stand together, and how they are found from outside.

Holds the front page, columns, keywords and authors with their true counts and orders, their feeds, and
what search engines are told. Does not hold the article's own page (`articles`), nor the search (`search`).
"""

"""Search: articles and people by their words, in Chinese too, with nothing beside the database.

Holds what is indexed and how it is asked. Knows no prices: what an anonymous reader may not read is
not in the index (`articles.gates`).
"""

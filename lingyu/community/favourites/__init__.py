"""Favourites: articles that members keep for later, in folders of their own, with a note.

Holds what is kept, the folders, and how many members keep an article. Nobody but the member sees what
they keep; the article shows how many do.
"""

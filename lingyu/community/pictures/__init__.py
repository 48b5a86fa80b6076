"""Pictures: what writers upload for their articles, decoded, drawn anew, and served from our own address.

Holds pictures and their files. Knows nothing of articles: those name a picture by its address.
"""

"""Ratings: one to five stars by members for articles, and the overall rating that follows from them.

Holds votes, the tally of each article, the definition of the overall rating (`scoring`) and what an
article's page and the lists show of it. Does not hold who may read an article: `articles.gates` does.
"""

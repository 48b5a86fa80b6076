"""Floor 2: the public face of the house: members, articles, comments.

Each folder is one app with the same rooms. Imports among them run one way only: `accounts` knows
no other, `articles` knows accounts, `comments` knows both. Knows no desk and no operation.
"""

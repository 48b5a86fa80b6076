"""Accounts: who the members are, and what each of them may do.

Holds members, their role grants, signing up and logging in (through django-allauth), and the
profile. Does not hold what members write: that is `lingyu.community.articles` and `comments`.
"""

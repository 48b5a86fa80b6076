"""Community governance (社区治理): what is screened, reported, decided and overturned, and how soon.

Reads the facts of the pact and of the cases. The moderators' own pages are the community's (`cases`).
"""

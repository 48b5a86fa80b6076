"""Speaking to suppliers: which addresses may be called, how it is signed, and what an answer means.

Holds the only code of the mall that talks to the outside. It refuses to within a transaction.
"""

"""The API below /api/v1/: questions by machines, under tokens that operators make.

Holds tokens, the door that asks for one, the answers as JSON, and their description (OpenAPI). Sessions
open nothing here. How a question is answered is `lingyu.store.explore`'s matter.
"""

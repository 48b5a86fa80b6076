"""The only writers of the quiz: questions, askings and answers.

Bad input raises ValidationError and changes nothing.
"""

from .answering import Answered, answer, ask
from .writing import approve_question, propose_questions, restore_question, retire_question, write_question

__all__ = [
    "Answered",
    "answer",
    "approve_question",
    "ask",
    "propose_questions",
    "restore_question",
    "retire_question",
    "write_question",
]

"""Quiz: a question about an article, right after reading it, and feathers for the right answer.

Holds the pool of questions of each article, who was asked what, and what became of each question.
Everything is graded on the server; the page never knows which option is right.
"""

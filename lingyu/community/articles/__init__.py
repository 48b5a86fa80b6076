"""Articles: what members write, and everybody reads.

Holds articles, their columns and keywords, the pages for reading and writing them, and effective
reads. Does not hold what is said below an article: other rooms add their sections (`sections`).
"""

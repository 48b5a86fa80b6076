"""What moderators have before them: the queue, all about a case, and what is mixed in to measure them."""

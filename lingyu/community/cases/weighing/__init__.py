"""How pressing a case is and how soon it is due; what a report weighs, and whose clean words need no look."""

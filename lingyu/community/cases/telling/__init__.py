"""What people are told: their standing, the reasons, the public statement, the proof of a reversal."""

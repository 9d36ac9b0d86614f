"""Zild: proactive conversations, one for each person to reach."""

"""The mock of Zild: proactive conversations, one for each person to reach."""

"""The mock of Convocore: keys own agents, and agents own conversations."""

"""Convocore: conversations that belong to agents that belong to keys."""

"""raia: agents, each with its own users and conversations, and the messages in these."""

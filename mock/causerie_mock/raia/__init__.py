"""The mock of raia: agents with their own users and conversations, and the messages in the conversations."""

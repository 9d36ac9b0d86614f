"""Convocore: a lead writes in, is read, and is closed.

Needs CONVOCORE_API_KEY; with CONVOCORE_BASE_URL it talks to a mock (`make mock` prints both).
"""

from palaver import Convocore


def main() -> None:
    with Convocore() as convocore:
        conversation = convocore.conversations.create(
            "agent123",
            ts=1699999999,
            messages_num=0,
            user_name="John Doe",
            user_email="john@example.com",
            user_phone="+1234567890",
            user_company="Acme Corp",
            notes="Customer interested in premium plan, follow up next week",
            tags=["new-lead"],
        )
        print("created", conversation.id, "for", conversation.user_name)

        conversation = convocore.conversations.get("agent123", "agent123_convo456")
        print("read", conversation.id, "in state", conversation.state)

        conversation = convocore.conversations.update(
            "agent123",
            "agent123_convo456",
            tags=["support", "resolved"],
            state="completed",
            title="Product Inquiry - Resolved",
        )
        print("changed", conversation.id, "to", conversation.state, conversation.tags)


if __name__ == "__main__":
    main()

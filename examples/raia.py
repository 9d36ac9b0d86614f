"""raia: conversations are opened, read and changed, the AI answers, and a human takes over.

Needs RAIA_AGENT_SECRET_KEY; with RAIA_BASE_URL it talks to a mock (`make mock` prints both).
"""

from palaver import BadRequestError, Raia

USER = "5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b"


def main() -> None:
    with Raia() as raia:
        conversation = raia.conversations.create(
            USER,
            title="New Conversation Title",
            context="New conversation context",
            custom_data={"key1": "value1", "key2": "value2"},
        )
        print("created", conversation.id, "with", conversation.user.first_name)

        conversations = raia.conversations.list(
            user_id=USER, order_by="createdAt", order_direction="DESC", page_size=10
        )
        print("listed", [conversation.title for conversation in conversations])

        states = raia.conversations.states()
        conversation = raia.conversations.update(
            conversation.id, title="Updated Conversation Title", status="active", conversation_state_id=states[0].id
        )
        print("changed the title to", repr(conversation.title), "and the state to", states[0].name)

        answer = raia.messages.send(
            conversation.id,
            "How does quantum entanglement work?",
            context="User is asking about quantum physics.",
        )
        print("the", answer.sender_role, "says", repr(answer.message))

        confirmation = "Your appointment has been confirmed for tomorrow at 2pm."
        try:
            raia.messages.send_manual(conversation.id, confirmation)
        except BadRequestError as error:
            print("by hand, too early:", error)
        raia.conversations.set_mode(conversation.id, "manual")
        raia.messages.send_manual(conversation.id, confirmation)
        print("handed over; the conversation has", len(raia.messages.list(conversation.id)), "messages")
        print("it is now in mode", raia.conversations.get(conversation.id).mode)

        started = raia.conversations.start_email(
            first_name="John",
            last_name="Doe",
            email="test@test.com",
            email_subject="New Conversation",
            email_introduction="New Conversation",
        )
        print("started", started, "by email")


if __name__ == "__main__":
    main()

"""raia: conversations are opened, read and changed, the AI answers, and a human takes over; files, votes, prompts.

Needs RAIA_AGENT_SECRET_KEY; with RAIA_BASE_URL it talks to a mock (`make mock` prints both).
"""

import tempfile
from pathlib import Path

from causerie import BadRequestError, Raia

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

        user = raia.users.create("Grace", "Hopper", email="grace@test.com", fk_id="crm-17")
        conversation = raia.conversations.create(user.id)
        found = raia.users.find(email="grace@test.com")
        print("found", raia.users.get(user.id).first_name, "with the conversations", found.conversation_ids)
        print("the agent talks with", [each.first_name for each in raia.users.list()])

        with tempfile.TemporaryDirectory() as folder:
            receipt, copy = Path(folder, "receipt.txt"), Path(folder, "copy.txt")
            receipt.write_text("17 nanoseconds of wire")
            attachment = raia.files.upload(conversation.id, receipt)
            answer = raia.messages.send(conversation.id, "What have I bought?", files=[attachment])
            question = raia.messages.list(conversation.id)[0]
            for file in question.files or []:
                raia.files.download(conversation.id, file.id, copy)
                print("downloaded", file.file_name, "with", repr(copy.read_text()))

        vote = raia.feedbacks.save(answer.id, user.id, "up", question.message, comment="Awesome :)")
        print("voted", vote.vote_type, "on", repr(answer.message))

        print("prompted at once:", raia.prompts.send("How does quantum entanglement work?").response)
        print("prompted and polled:", raia.prompts.send_and_wait("And how does it stop?").response)
        with tempfile.TemporaryDirectory() as folder:
            question = Path(folder, "question.txt")
            question.write_text("Who has measured it first?")
            attachment = raia.prompts.upload(question)
            print("prompted with a file:", raia.prompts.send("Answer the file.", files=[attachment]).response)

        webhook = raia.webhooks.create(
            "My Webhook",
            "This webhook is triggered when a message is received",
            "https://api.example.com/webhook",
            "each_message",
            headers={"Authorization": "Bearer token"},
        )
        print("made an", webhook.status, "webhook for", webhook.trigger_condition)
        print(raia.agents.get().name, "has the webhooks", [each.title for each in raia.webhooks.list()])

        raia.users.delete(user.id)
        print("deleted", user.first_name)


if __name__ == "__main__":
    main()

"""Convocore: a lead writes in, is read, handed over, exported, and deleted.

Needs CONVOCORE_API_KEY; with CONVOCORE_BASE_URL it talks to a mock (`make mock` prints both).
"""

from causerie import Convocore


def main() -> None:
    with Convocore() as convocore:
        created = convocore.conversations.create(
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
        print("created", created.id, "for", created.user_name)

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

        person = convocore.conversations.assign("agent123", conversation.id, "user-7")
        convocore.conversations.accept_handoff("agent123", conversation.id, person.id or "user-7")
        print("assigned to", person.id, "who has accepted")
        stored = convocore.conversations.replace_messages("agent123", conversation.id, [("human", "Hello")])
        print("messages:", stored and stored.messages_num)
        print("details:", convocore.conversations.details("agent123", conversation.id).metadata.to_dict())

        plan = convocore.conversations.send("agent123", conversation.id, "Hello", dry_run=True)
        print("could be delivered over", plan.origin, "-", plan.channel_deliverable)
        print("the agent says", convocore.agents.interact("agent123", "visitor-17", "Hello").assistant_text)
        item = {"convoId": conversation.id, "agentId": "agent123", "transcript": "Hello", "messageCount": 1}
        print("summary:", convocore.workspace.generate_summaries([item])[0].summary)
        print("sessions", len(convocore.workspace.sessions("workspace123").data))

        print("listed", [each.id for each in convocore.conversations.list("agent123", limit=20)])
        rows = convocore.conversations.export("agent123")
        print("exported", [row.metadata.convo.id for row in rows], "as JSON, and one as CSV:")
        print(convocore.conversations.export_one("agent123", conversation.id, format="csv"))

        convocore.conversations.delete("agent123", created.id)
        print("deleted", created.id)


if __name__ == "__main__":
    main()

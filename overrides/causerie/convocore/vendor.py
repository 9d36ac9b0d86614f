"""The facts about Convocore that are needed before a client of it is created."""

from .._vendor import Export, Reading, Vendor

VENDOR = Vendor(
    name="convocore",
    title="Convocore",
    client_name="Convocore",
    credential="CONVOCORE_API_KEY",
    summary="Conversations of an agent, and the leads in them.",
    export=Export(
        summary="Write every conversation of an agent, with its messages.",
        messages="Read messages, too; each session with a message of a person is billed.",
        page_size=50,
        has_agents=True,
        has_concurrency=False,
        operations=("export_conversations", "export_conversation"),
    ),
    tools={
        "list_conversations": Reading(
            "List an agent's conversations, a page at a time.", {"page": "conversations.list"}
        ),
        "read_conversation": Reading(
            "One conversation with its lead, without messages: list_sessions has those.",
            {"conversation": "conversations.get"},
        ),
        "list_sessions": Reading(
            "The sessions of a workspace with their messages, a page at a time.", {"page": "workspace.sessions"}
        ),
    },
)

"""What is known of Convocore before a client of it is made."""

from .._vendor import Export, Vendor

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
    ),
)

"""The facts about raia that are needed before a client of it is created."""

from datetime import datetime

from .._vendor import Export, Extra, Filter, Reading, Vendor

VENDOR = Vendor(
    name="raia",
    title="raia",
    client_name="Raia",
    credential="RAIA_AGENT_SECRET_KEY",
    summary="Conversations, messages and more of an AI agent; chat with it.",
    commands={"chat": Extra("Talk with the agent in a conversation.", "chat:chat")},
    export=Export(
        summary="Write every conversation of the key's agent, with its messages.",
        messages="Read each conversation's messages, too.",
        page_size=100,
        has_agents=False,
        has_concurrency=True,
        operations=("list_messages",),
        filters={
            "user_id": Filter("Only conversations of one user.", str, is_lasting=True),
            "search_keyword": Filter("Only conversations with this in title, summary or the user's names.", str),
            "end_date": Filter("Only conversations that have not changed after a time.", datetime),
            "with_feedbacks_only": Filter("Only conversations with feedbacks.", bool),
        },
    ),
    tools={
        "list_conversations": Reading(
            "Search and list conversations, a page at a time.", {"page": "conversations.list"}
        ),
        "read_conversation": Reading(
            "One conversation with its messages.", {"conversation": "conversations.get", "messages": "messages.list"}
        ),
        "list_states": Reading("The states that a conversation can be in.", {"states": "conversations.states"}),
    },
)

"""A session with `causerie mcp`, held by the client of the MCP SDK over standard input and output.

Needs RAIA_AGENT_SECRET_KEY; with RAIA_BASE_URL it talks to a mock (`make mock` prints both).
"""

import asyncio
import os
import sys
from typing import Any

from mcp import StdioServerParameters, stdio_client
from mcp.client.client import Client
from mcp_types import TextContent

CONVERSATION = "5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b"


async def session(*arguments: str, calls: list[tuple[str, dict[str, Any]]]) -> None:
    """Start a server, list its tools, call some, and print what it answers."""
    print("$ causerie mcp", *arguments)
    command = ["-m", "causerie", "mcp", *arguments]
    server = StdioServerParameters(command=sys.executable, args=command, env=dict(os.environ))
    async with Client(stdio_client(server)) as client:
        tools = (await client.list_tools()).tools
        print("tools:", ", ".join(each.name for each in tools))
        for name, given in calls:
            print(f"> {name}", ", ".join(f"{key}={value!r}" for key, value in given.items()))
            answer = await client.call_tool(name, given)
            (content,) = answer.content
            assert isinstance(content, TextContent)
            text = content.text if len(content.text) <= 300 else f"{content.text[:300]}…"
            print(f"error: {text}" if answer.is_error else text)


async def main() -> None:
    manual = {"conversation_id": CONVERSATION, "message": "A colleague will call you."}
    await session(
        "raia",
        calls=[
            ("raia_list_conversations", {"search_keyword": "title", "page_size": 1}),
            ("raia_read_conversation", {"conversation_id": CONVERSATION}),
            ("raia_read_conversation", {"conversation_id": 7}),
            ("raia_read_conversation", {"conversation_id": "gone"}),
            ("explain_operation", {"vendor": "raia", "operation": "send_manual_message"}),
            ("raia_messages_send_manual", manual),
        ],
    )
    print()
    await session("raia", "--write", "send_manual_message", calls=[("raia_messages_send_manual", manual)])


if __name__ == "__main__":
    asyncio.run(main())

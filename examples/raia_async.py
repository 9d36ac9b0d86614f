"""raia, without blocking: a question is asked, its answer polled for, and a user's conversations are deleted.

Needs RAIA_AGENT_SECRET_KEY; with RAIA_BASE_URL it talks to a mock (`make mock` prints both).
"""

import asyncio

from causerie import AsyncRaia, NotFoundError

USER = "6a8c2c4c-4c4c-4c4c-8c4c-4c4c4c4c4c4c"


async def main() -> None:
    async with AsyncRaia() as raia:
        one, two = await asyncio.gather(
            raia.conversations.create(USER, title="One"), raia.conversations.create(USER, title="Two")
        )
        print("created", one.title, "and", two.title)

        question = await raia.messages.send_async(one.id, "How does quantum entanglement work?")
        print("the answer is", (await raia.messages.response(one.id, question.id)).status)
        answer = await raia.messages.wait(one.id, question.id, timeout=30)
        print("it is there and says", repr(answer.message))

        await raia.conversations.delete_all(USER)
        try:
            await raia.conversations.get(two.id)
        except NotFoundError as error:
            print("deleted:", error)


if __name__ == "__main__":
    asyncio.run(main())

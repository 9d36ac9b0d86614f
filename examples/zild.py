"""Zild: a business writes first, on WhatsApp.

Needs ZILD_TOKEN and ZILD_BASE_URL: every tenant has its own host (`make mock` prints both for a mock).
"""

from causerie import Zild


def main() -> None:
    with Zild() as zild:
        conversations = zild.conversations.start_proactive(
            channel_id=123,
            bot_id=123,
            recipient=["+5511999990000", "+5511999990001"],
            conversation_template_id=123,
            content_variables={},
        )
        for conversation in conversations:
            print("started", conversation.id, "with", conversation.from_, "at", conversation.created_at)


if __name__ == "__main__":
    main()

"""Help for who receives calls of webhooks: ``webhooks.convocore`` and ``webhooks.raia``.

What stands here is raia's. Convocore's calls hold a secret, which ``webhooks.convocore.parse`` alone takes out. Zild
documents that it calls webhooks, and nothing of what it sends.
"""

from .._errors import WebhookVerificationError as WebhookVerificationError
from . import convocore as convocore
from . import raia as raia
from .raia import Headers as Headers
from .raia import WebhookEvent as WebhookEvent
from .raia import parse as parse
from .raia import verify as verify

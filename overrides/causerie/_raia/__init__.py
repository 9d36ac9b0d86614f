"""raia's client, a module for each noun."""

from .agents import Agents as Agents
from .client import AsyncRaia as AsyncRaia
from .client import Raia as Raia
from .conversations import Conversations as Conversations
from .feedbacks import Feedbacks as Feedbacks
from .files import Files as Files
from .messages import Messages as Messages
from .prompts import Prompts as Prompts
from .users import Users as Users
from .webhooks import Webhooks as Webhooks

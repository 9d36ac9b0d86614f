"""Convocore's client, a module for each noun."""

from .agents import Agents as Agents
from .client import AsyncConvocore as AsyncConvocore
from .client import Convocore as Convocore
from .conversations import Conversations as Conversations
from .workspace import Workspace as Workspace

from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class SkillName(OpenStrEnum):
    """Which skill it is."""

    LIVE_CHAT = "LIVE_CHAT"
    SMS = "SMS"
    EMAIL = "EMAIL"
    WEBHOOK = "WEBHOOK"
    FUNCTION = "FUNCTION"
    SCORING = "SCORING"
    API = "API"
    VOICE = "VOICE"
    MEMORY = "MEMORY"
    AGENT_REPORT = "AGENT_REPORT"
    SCRAPING = "SCRAPING"
    NOTIFICATIONS = "NOTIFICATIONS"
    EXTERNAL_RETRIEVERS = "EXTERNAL_RETRIEVERS"
    WEB_SEARCH = "WEB_SEARCH"
    FEEDBACK = "FEEDBACK"
    ESCALATION = "ESCALATION"
    CALENDAR = "CALENDAR"
    AUDITOR = "AUDITOR"
    COPILOT = "COPILOT"
    MCP = "MCP"
    ENHANCED_PROMPTING = "ENHANCED_PROMPTING"
    DATA_RETENTION = "DATA_RETENTION"
    ORCHESTRATOR = "ORCHESTRATOR"
    MS_TEAMS = "MS_TEAMS"
    MESSAGE_QUOTA = "MESSAGE_QUOTA"


SkillNameValue: TypeAlias = (
    SkillName
    | Literal[
        "LIVE_CHAT",
        "SMS",
        "EMAIL",
        "WEBHOOK",
        "FUNCTION",
        "SCORING",
        "API",
        "VOICE",
        "MEMORY",
        "AGENT_REPORT",
        "SCRAPING",
        "NOTIFICATIONS",
        "EXTERNAL_RETRIEVERS",
        "WEB_SEARCH",
        "FEEDBACK",
        "ESCALATION",
        "CALENDAR",
        "AUDITOR",
        "COPILOT",
        "MCP",
        "ENHANCED_PROMPTING",
        "DATA_RETENTION",
        "ORCHESTRATOR",
        "MS_TEAMS",
        "MESSAGE_QUOTA",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""

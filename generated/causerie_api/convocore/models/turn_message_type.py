from __future__ import annotations

from typing import Literal, TypeAlias

from ...enums import OpenStrEnum


class TurnMessageType(OpenStrEnum):
    """Type of a stored message."""

    LAUNCH = "launch"
    TEXT = "text"
    CHOICE = "choice"
    MULTISELECT = "MultiSelect"
    CARDV2 = "cardV2"
    CAROUSEL = "carousel"
    VISUAL = "visual"
    GETBROWSERDATA = "GetBrowserData"
    EMBED = "Embed"
    LOCATION = "location"
    IFRAME = "iFrame"
    FILEUPLOAD = "FileUpload"
    MULTIFILEUPLOAD = "MultiFileUpload"
    GOOGLEFORM = "GoogleForm"
    EMAILFORM = "EmailForm"
    SETCONVODATA = "SetConvoData"
    VOICENOTE = "VoiceNote"
    SETRUNTIME = "SetRuntime"
    NO_REPLY = "no-reply"
    VGVF_CHANNEL = "VGVF_Channel"
    VFVG_CHANNEL = "VFVG_Channel"
    VG_RESPONSE = "VG_Response"
    KNOWLEDGEBASE = "knowledgeBase"
    JSX = "jsx"
    FLOWISE = "Flowise"
    MULTIDROPDOWN = "MultiDropdown"
    SLIDER = "Slider"
    ATTACHMENT = "Attachment"
    INFODEFAULT = "info:default"
    INFOSUCCESS = "info:success"
    INFODANGER = "info:danger"
    INFOPRIMARY = "info:primary"
    END = "end"
    DEBUG = "debug"
    STEALTH = "stealth"
    DEBUGSUCCESS = "debug:success"
    DEBUGERROR = "debug:error"
    DEBUGTELL = "debug:tell"
    CONTEXTFORM_SUBMISSION = "context:form_submission"
    FILE = "file"
    BROWSER_CAPTURE = "browser_capture"


TurnMessageTypeValue: TypeAlias = (
    TurnMessageType
    | Literal[
        "launch",
        "text",
        "choice",
        "MultiSelect",
        "cardV2",
        "carousel",
        "visual",
        "GetBrowserData",
        "Embed",
        "location",
        "iFrame",
        "FileUpload",
        "MultiFileUpload",
        "GoogleForm",
        "EmailForm",
        "SetConvoData",
        "VoiceNote",
        "SetRuntime",
        "no-reply",
        "VGVF_Channel",
        "VFVG_Channel",
        "VG_Response",
        "knowledgeBase",
        "jsx",
        "Flowise",
        "MultiDropdown",
        "Slider",
        "Attachment",
        "info:default",
        "info:success",
        "info:danger",
        "info:primary",
        "end",
        "debug",
        "stealth",
        "debug:success",
        "debug:error",
        "debug:tell",
        "context:form_submission",
        "file",
        "browser_capture",
    ]
    | str
)
"""What can be given as one: editors offer the values of the document, and any other is accepted, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from ... import schema
from ...model import Model, field, moment
from ...unset import UNSET, Unset
from .. import models

if TYPE_CHECKING:
    import datetime

    from ..models.assignee import Assignee
    from ..models.conversation_state import ConversationState, ConversationStateValue
    from ..models.crm_activity import CrmActivity
    from ..models.crm_alerts import CrmAlerts
    from ..models.detailed_cost import DetailedCost
    from ..models.funnel_score import FunnelScore
    from ..models.handoff import Handoff
    from ..models.hot_label import HotLabel, HotLabelValue
    from ..models.inbound_engagement import InboundEngagement
    from ..models.lead_stage import LeadStage, LeadStageValue
    from ..models.nodes_info import NodesInfo
    from ..models.survey import Survey
    from ..models.token_usage import TokenUsage
    from ..models.vapi_call import VapiCall
    from ..models.voice_session import VoiceSession
    from ..models.voiceflow_session import VoiceflowSession


class Conversation(Model):
    """A conversation of an agent with one user; in an update, what is left out stays."""

    if not TYPE_CHECKING:  # mypy would refuse to set any attribute
        __slots__ = ()

    user_name: str | Unset = field("userName", schema.STRING, default=UNSET)
    """Full name of the user."""
    user_email: str | Unset = field("userEmail", schema.STRING, default=UNSET)
    """Email address of the user."""
    user_phone: str | Unset = field("userPhone", schema.STRING, default=UNSET)
    """Phone number of the user."""
    user_address: str | Unset = field("userAddress", schema.STRING, default=UNSET)
    """Postal address of the user."""
    user_company: str | Unset = field("userCompany", schema.STRING, default=UNSET)
    """Company of the user."""
    user_website: str | Unset = field("userWebsite", schema.STRING, default=UNSET)
    """URL of the user's website."""
    user_profile_pic: str | Unset = field("userProfilePic", schema.STRING, default=UNSET)
    """URL of the user's profile picture."""
    user_image: str | Unset = field("userImage", schema.STRING, default=UNSET)
    """URL of the picture that a lead card shows."""
    notes: str | Unset = field("notes", schema.STRING, default=UNSET)
    """Internal notes about the lead."""
    note: str | Unset = field("note", schema.STRING, default=UNSET)
    """Another internal note; how it differs from `notes` is not documented."""
    tags: list[str] | Unset = field("tags", schema.array(schema.STRING), default=UNSET)
    """Labels that sort conversations into categories."""
    ip_address: str | Unset = field("ipAddress", schema.STRING, default=UNSET)
    """IP address of the user."""
    country_code: str | Unset = field("countryCode", schema.STRING, default=UNSET)
    """Code of the user's country."""
    language: str | Unset = field("language", schema.STRING, default=UNSET)
    """Language of the user."""
    linked_in: str | Unset = field("linkedIn", schema.STRING, default=UNSET)
    """LinkedIn profile of the user."""
    facebook: str | Unset = field("facebook", schema.STRING, default=UNSET)
    """Facebook profile of the user."""
    instagram: str | Unset = field("instagram", schema.STRING, default=UNSET)
    """Instagram profile of the user."""
    source: str | Unset = field("source", schema.STRING, default=UNSET)
    """Where the lead came from."""
    sub_industry: str | Unset = field("subIndustry", schema.STRING, default=UNSET)
    """Branch of industry of the lead."""
    hot_score: float | Unset = field("hotScore", schema.NUMBER, default=UNSET)
    """How promising the lead is, from 0 to 100."""
    hot_label: HotLabel | Unset = field("hotLabel", schema.enum(lambda: models.HotLabel), default=UNSET)
    """How promising the lead is in a word."""
    stage: LeadStage | Unset = field("stage", schema.enum(lambda: models.LeadStage), default=UNSET)
    """Stage of the lead."""
    value: str | float | Unset = field("value", schema.union(schema.STRING, schema.NUMBER), default=UNSET)
    """Value of the deal in `currency`."""
    currency: str | Unset = field("currency", schema.STRING, default=UNSET)
    """Currency of the deal's value."""
    expected_close_date: str | Unset = field("expectedCloseDate", schema.STRING, default=UNSET)
    """Date by which the deal should be closed."""
    demo_date: str | Unset = field("demoDate", schema.STRING, default=UNSET)
    """Date of the demonstration."""
    demo_time: str | Unset = field("demoTime", schema.STRING, default=UNSET)
    """Time of the demonstration."""
    demo_link: str | Unset = field("demoLink", schema.STRING, default=UNSET)
    """URL of the demonstration."""
    lost_reason: str | Unset = field("lostReason", schema.STRING, default=UNSET)
    """Why the deal was lost."""
    last_activity_date: str | float | Unset = field(
        "lastActivityDate", schema.union(schema.STRING, schema.NUMBER), default=UNSET
    )
    """Date of the last activity; the format is not documented."""
    assigned_to: Assignee | Unset = field("assignedTo", schema.ref(lambda: models.Assignee), default=UNSET)
    """The person to whom the lead is assigned."""
    crm_activities: list[CrmActivity] | Unset = field(
        "crmActivities", schema.array(schema.ref(lambda: models.CrmActivity)), default=UNSET
    )
    """Activities around the lead."""
    crm_alerts: CrmAlerts | Unset = field("crmAlerts", schema.ref(lambda: models.CrmAlerts), default=UNSET)
    """What needs attention about a lead."""
    assigned_to_users: list[Assignee] | Unset = field(
        "assignedToUsers", schema.array(schema.ref(lambda: models.Assignee)), default=UNSET
    )
    """All people to whom the lead is assigned."""
    id: str | Unset = field("ID", schema.STRING, default=UNSET)
    """Id of the conversation."""
    user_id: str | Unset = field("userID", schema.STRING, default=UNSET)
    """Id of the user; the conversation's id or a phone number and not unique."""
    campaign_id: str | Unset = field("campaignId", schema.STRING, default=UNSET)
    """Id of the campaign that the conversation belongs to."""
    social_handle: str | Unset = field("socialHandle", schema.STRING, default=UNSET)
    """Name of the user on a social network."""
    is_following_business: bool | Unset = field("isFollowingBusiness", schema.BOOLEAN, default=UNSET)
    """True when the user follows the business on a social network."""
    social_verified: bool | Unset = field("socialVerified", schema.BOOLEAN, default=UNSET)
    """True when a social network has verified the user."""
    user_os: str | Unset = field("userOs", schema.STRING, default=UNSET)
    """Operating system of the user."""
    user_browser: str | Unset = field("userBrowser", schema.STRING, default=UNSET)
    """Browser of the user."""
    browser_timezone: str | Unset = field("browserTimezone", schema.STRING, default=UNSET)
    """IANA time zone that the user's browser reports."""
    user_platform: str | Unset = field("userPlatform", schema.STRING, default=UNSET)
    """Platform that the user writes from."""
    lang: str | Unset = field("lang", schema.STRING, default=UNSET)
    """Language of the conversation."""
    origin: Any | Unset = field("origin", schema.ANY, default=UNSET)
    """Channel of the conversation such as web-chat or whatsapp; any JSON value."""
    whatsapp_phone_number_id: str | Unset = field("whatsappPhoneNumberId", schema.STRING, default=UNSET)
    """WhatsApp's id of the business phone number."""
    whatsapp_business_number: str | Unset = field("whatsappBusinessNumber", schema.STRING, default=UNSET)
    """Business phone number at WhatsApp."""
    whatsapp_display_phone_number: str | Unset = field("whatsappDisplayPhoneNumber", schema.STRING, default=UNSET)
    """Business phone number as WhatsApp displays it."""
    whatsapp_business_account_id: str | Unset = field("whatsappBusinessAccountId", schema.STRING, default=UNSET)
    """WhatsApp's id of the business account."""
    voiceflow_v4_session: VoiceflowSession | Unset = field(
        "voiceflowV4Session", schema.ref(lambda: models.VoiceflowSession), default=UNSET
    )
    """Session of the conversation at Voiceflow."""
    smb_contact: bool | Unset = field("smbContact", schema.BOOLEAN, default=UNSET)
    """True when the user is a contact of the business."""
    smb_contact_name: str | Unset = field("smbContactName", schema.STRING, default=UNSET)
    """Name of the user in the contacts of the business."""
    smb_contact_removed_at: int | Unset = field("smbContactRemovedAt", schema.INTEGER, default=UNSET)
    """Unix time at which the contact was removed."""
    smb_last_seen_at: int | Unset = field("smbLastSeenAt", schema.INTEGER, default=UNSET)
    """Unix time at which the contact was last seen."""
    contact_identity_id: str | Unset = field("contactIdentityId", schema.STRING, default=UNSET)
    """Id of the person behind conversations on several channels."""
    linked_channels: list[str] | Unset = field("linkedChannels", schema.array(schema.STRING), default=UNSET)
    """Other channels of the same person."""
    cross_channel_context: str | Unset = field("crossChannelContext", schema.STRING, default=UNSET)
    """What the agent knows from other channels."""
    title: str | Unset = field("title", schema.STRING, default=UNSET)
    """Title."""
    summary: str | Unset = field("summary", schema.STRING, default=UNSET)
    """Summary that the AI wrote."""
    short_summary: str | Unset = field("shortSummary", schema.STRING, default=UNSET)
    """Title of three or four words that the AI wrote; web chat only."""
    state: ConversationState | Unset = field("state", schema.enum(lambda: models.ConversationState), default=UNSET)
    """Who is talking, or that the conversation has ended."""
    ts: int | Unset = field("ts", schema.UNIX_SECONDS, default=UNSET)
    """Time of the conversation in Unix seconds."""
    first_message_ts: int | Unset = field("firstMessageTS", schema.UNIX_SECONDS, default=UNSET)
    """Time of the first message in Unix seconds."""
    last_message_ts: int | Unset = field("lastMessageTS", schema.UNIX_SECONDS, default=UNSET)
    """Time of the last message in Unix seconds."""
    last_modified: int | Unset = field("lastModified", schema.UNIX_SECONDS, default=UNSET)
    """Time of the last change in Unix seconds; the server sets it."""
    last_viewed: int | Unset = field("lastViewed", schema.INTEGER, default=UNSET)
    """Unix time at which somebody last opened the conversation."""
    last_message: str | Unset = field("lastMessage", schema.STRING, default=UNSET)
    """Text of the last message."""
    messages_num: int | Unset = field("messagesNum", schema.INTEGER, default=UNSET)
    """Number of messages."""
    interactions_num: int | Unset = field("interactionsNum", schema.INTEGER, default=UNSET)
    """Number of interactions."""
    total_user_interactions: int | Unset = field("totalUserInteractions", schema.INTEGER, default=UNSET)
    """Number of the user's interactions."""
    sessions_num: int | Unset = field("sessionsNum", schema.INTEGER, default=UNSET)
    """Number of sessions."""
    sessions: list[Any] | Unset = field("sessions", schema.array(schema.ANY), default=UNSET)
    """Sessions of any shape."""
    convo_time_seconds: float | Unset = field("convoTimeSeconds", schema.NUMBER, default=UNSET)
    """Length of the conversation in seconds."""
    average_latency: float | Unset = field("averageLatency", schema.NUMBER, default=UNSET)
    """Average latency of the agent; the unit is not documented."""
    rating_from_5: float | Unset = field("ratingFrom5", schema.NUMBER, default=UNSET)
    """The user's rating out of 5."""
    metrics: list[Any] | Unset = field("metrics", schema.array(schema.ANY), default=UNSET)
    """Metrics of any shape."""
    is_typing: bool | Unset = field("isTyping", schema.BOOLEAN, default=UNSET)
    """True while a person of the team is typing."""
    is_blocked: bool | Unset = field("isBlocked", schema.BOOLEAN, default=UNSET)
    """True when the user is blocked."""
    is_test: bool | Unset = field("isTest", schema.BOOLEAN, default=UNSET)
    """True when the conversation is a test."""
    end_reason: str | Unset = field("endReason", schema.STRING, default=UNSET)
    """Why the conversation ended."""
    is_archived: bool | Unset = field("isArchived", schema.BOOLEAN, default=UNSET)
    """True when it is archived."""
    archived_at: int | Unset = field("archivedAt", schema.INTEGER, default=UNSET)
    """Unix time of the archiving; the unit is not documented."""
    archived_by: str | Unset = field("archivedBy", schema.STRING, default=UNSET)
    """Email address or id of the person who archived it."""
    is_resolved: bool | Unset = field("isResolved", schema.BOOLEAN, default=UNSET)
    """True when a person marked it as resolved and gave it back to the AI."""
    resolved_at: int | Unset = field("resolvedAt", schema.UNIX_MILLISECONDS, default=UNSET)
    """Time at which it was resolved in Unix milliseconds."""
    resolved_by: str | Unset = field("resolvedBy", schema.STRING, default=UNSET)
    """Id of the person who resolved it."""
    resolved_by_email: str | Unset = field("resolvedByEmail", schema.STRING, default=UNSET)
    """Email address of the person who resolved it."""
    last_resolved_assignee_id: str | Unset = field("lastResolvedAssigneeId", schema.STRING, default=UNSET)
    """Id of the person to tell when it is reopened."""
    reopened_at: int | Unset = field("reopenedAt", schema.UNIX_MILLISECONDS, default=UNSET)
    """Time at which it was reopened in Unix milliseconds."""
    reopen_reason: str | Unset = field("reopenReason", schema.STRING, default=UNSET)
    """Why the AI reopened it after a reply."""
    csat: Survey | Unset = field("csat", schema.ref(lambda: models.Survey), default=UNSET)
    """What the user answered after the conversation was resolved; `ratingFrom5` is another rating."""
    human_claimed_at: int | None | Unset = field("humanClaimedAt", schema.nullable(schema.INTEGER), default=UNSET)
    """Unix time at which a human took over; the unit is not documented."""
    human_last_replied_at: int | None | Unset = field(
        "humanLastRepliedAt", schema.nullable(schema.INTEGER), default=UNSET
    )
    """Unix time of the last reply by a human; the unit is not documented."""
    pending_ai_reply_at: int | None | Unset = field("pendingAiReplyAt", schema.nullable(schema.INTEGER), default=UNSET)
    """Unix time of a reply by the AI that is still to come; the unit is not documented."""
    inbound_engagement_state: InboundEngagement | Unset = field(
        "inboundEngagementState", schema.ref(lambda: models.InboundEngagement), default=UNSET
    )
    """Decisions of the AI whether to reply to incoming messages."""
    token_usage: TokenUsage | Unset = field("tokenUsage", schema.ref(lambda: models.TokenUsage), default=UNSET)
    """Tokens of language models that a conversation used, in all and in its last turn."""
    nodes_info: NodesInfo | Unset = field("nodesInfo", schema.ref(lambda: models.NodesInfo), default=UNSET)
    """Where the conversation stands in the agent's flow."""
    captured_variables: Any | Unset = field("capturedVariables", schema.ANY, default=UNSET)
    """Variables that the agent captured; any JSON value."""
    chat_assigned_to: str | Unset = field("chatAssignedTo", schema.STRING, default=UNSET)
    """Id of the person to whom the conversation is assigned."""
    chat_assigned_to_ids: list[str] | Unset = field("chatAssignedToIds", schema.array(schema.STRING), default=UNSET)
    """Ids of all people to whom the conversation is assigned."""
    notify_to_user_id: str | Unset = field("notifyToUserId", schema.STRING, default=UNSET)
    """Id of the person to notify."""
    requested_team_key: str | Unset = field("requestedTeamKey", schema.STRING, default=UNSET)
    """Key of the team that was asked to take over."""
    delegated_by: str | Unset = field("delegatedBy", schema.STRING, default=UNSET)
    """Id of the person who delegated the conversation."""
    delegated_at: int | Unset = field("delegatedAt", schema.INTEGER, default=UNSET)
    """Unix time of the delegation."""
    handoff_history: list[Handoff] | Unset = field(
        "handoffHistory", schema.array(schema.ref(lambda: models.Handoff)), default=UNSET
    )
    """Hand-overs so far."""
    vapi: VapiCall | Unset = field("vapi", schema.ref(lambda: models.VapiCall), default=UNSET)
    """A phone call that Vapi handled."""
    voice: VoiceSession | Unset = field("voice", schema.ref(lambda: models.VoiceSession), default=UNSET)
    """The latest voice session of a conversation."""
    campaign_calls: list[Any] | Unset = field("campaignCalls", schema.array(schema.ANY), default=UNSET)
    """Calls of the campaign of any shape."""
    detailed_cost: DetailedCost | Unset = field("detailedCost", schema.ref(lambda: models.DetailedCost), default=UNSET)
    """Cost of a conversation by cause; the unit is not documented but credits are named for the total."""
    lead_score: float | Unset = field("leadScore", schema.NUMBER, default=UNSET)
    """Score of the lead, from 0 to 100."""
    funnel_steps_matched: list[str] | Unset = field("funnelStepsMatched", schema.array(schema.STRING), default=UNSET)
    """Ids of the steps of the funnel that the lead has reached."""
    funnel_score_history: list[FunnelScore] | Unset = field(
        "funnelScoreHistory", schema.array(schema.ref(lambda: models.FunnelScore)), default=UNSET
    )
    """Scores of the lead so far."""
    funnel_notification_sent: bool | Unset = field("funnelNotificationSent", schema.BOOLEAN, default=UNSET)
    """True once the funnel's notification is sent."""
    funnel_last_evaluated: int | Unset = field("funnelLastEvaluated", schema.INTEGER, default=UNSET)
    """Unix time of the funnel's last evaluation."""
    funnel_extracted_data: dict[str, Any] | Unset = field("funnelExtractedData", schema.OBJECT, default=UNSET)
    """A JSON object of any shape."""
    funnel_summary: str | Unset = field("funnelSummary", schema.STRING, default=UNSET)
    """Summary of the lead's way through the funnel."""

    @property
    def ts_datetime(self) -> datetime.datetime | Unset:
        """``ts`` as a ``datetime`` in UTC."""
        return moment(self, "ts")  # type: ignore[no-any-return]

    @property
    def first_message_ts_datetime(self) -> datetime.datetime | Unset:
        """``first_message_ts`` as a ``datetime`` in UTC."""
        return moment(self, "first_message_ts")  # type: ignore[no-any-return]

    @property
    def last_message_ts_datetime(self) -> datetime.datetime | Unset:
        """``last_message_ts`` as a ``datetime`` in UTC."""
        return moment(self, "last_message_ts")  # type: ignore[no-any-return]

    @property
    def last_modified_datetime(self) -> datetime.datetime | Unset:
        """``last_modified`` as a ``datetime`` in UTC."""
        return moment(self, "last_modified")  # type: ignore[no-any-return]

    @property
    def resolved_at_datetime(self) -> datetime.datetime | Unset:
        """``resolved_at`` as a ``datetime`` in UTC."""
        return moment(self, "resolved_at")  # type: ignore[no-any-return]

    @property
    def reopened_at_datetime(self) -> datetime.datetime | Unset:
        """``reopened_at`` as a ``datetime`` in UTC."""
        return moment(self, "reopened_at")  # type: ignore[no-any-return]


if TYPE_CHECKING:

    class ConversationParams(TypedDict, total=False):
        """The fields of ``Conversation`` as keyword arguments."""

        user_name: str | Unset
        user_email: str | Unset
        user_phone: str | Unset
        user_address: str | Unset
        user_company: str | Unset
        user_website: str | Unset
        user_profile_pic: str | Unset
        user_image: str | Unset
        notes: str | Unset
        note: str | Unset
        tags: list[str] | Unset
        ip_address: str | Unset
        country_code: str | Unset
        language: str | Unset
        linked_in: str | Unset
        facebook: str | Unset
        instagram: str | Unset
        source: str | Unset
        sub_industry: str | Unset
        hot_score: float | Unset
        hot_label: HotLabelValue | Unset
        stage: LeadStageValue | Unset
        value: str | float | Unset
        currency: str | Unset
        expected_close_date: str | Unset
        demo_date: str | Unset
        demo_time: str | Unset
        demo_link: str | Unset
        lost_reason: str | Unset
        last_activity_date: str | float | Unset
        assigned_to: Assignee | Unset
        crm_activities: list[CrmActivity] | Unset
        crm_alerts: CrmAlerts | Unset
        assigned_to_users: list[Assignee] | Unset
        id: str | Unset
        user_id: str | Unset
        campaign_id: str | Unset
        social_handle: str | Unset
        is_following_business: bool | Unset
        social_verified: bool | Unset
        user_os: str | Unset
        user_browser: str | Unset
        browser_timezone: str | Unset
        user_platform: str | Unset
        lang: str | Unset
        origin: Any | Unset
        whatsapp_phone_number_id: str | Unset
        whatsapp_business_number: str | Unset
        whatsapp_display_phone_number: str | Unset
        whatsapp_business_account_id: str | Unset
        voiceflow_v4_session: VoiceflowSession | Unset
        smb_contact: bool | Unset
        smb_contact_name: str | Unset
        smb_contact_removed_at: int | Unset
        smb_last_seen_at: int | Unset
        contact_identity_id: str | Unset
        linked_channels: list[str] | Unset
        cross_channel_context: str | Unset
        title: str | Unset
        summary: str | Unset
        short_summary: str | Unset
        state: ConversationStateValue | Unset
        ts: int | datetime.datetime | Unset
        first_message_ts: int | datetime.datetime | Unset
        last_message_ts: int | datetime.datetime | Unset
        last_modified: int | datetime.datetime | Unset
        last_viewed: int | Unset
        last_message: str | Unset
        messages_num: int | Unset
        interactions_num: int | Unset
        total_user_interactions: int | Unset
        sessions_num: int | Unset
        sessions: list[Any] | Unset
        convo_time_seconds: float | Unset
        average_latency: float | Unset
        rating_from_5: float | Unset
        metrics: list[Any] | Unset
        is_typing: bool | Unset
        is_blocked: bool | Unset
        is_test: bool | Unset
        end_reason: str | Unset
        is_archived: bool | Unset
        archived_at: int | Unset
        archived_by: str | Unset
        is_resolved: bool | Unset
        resolved_at: int | datetime.datetime | Unset
        resolved_by: str | Unset
        resolved_by_email: str | Unset
        last_resolved_assignee_id: str | Unset
        reopened_at: int | datetime.datetime | Unset
        reopen_reason: str | Unset
        csat: Survey | Unset
        human_claimed_at: int | None | Unset
        human_last_replied_at: int | None | Unset
        pending_ai_reply_at: int | None | Unset
        inbound_engagement_state: InboundEngagement | Unset
        token_usage: TokenUsage | Unset
        nodes_info: NodesInfo | Unset
        captured_variables: Any | Unset
        chat_assigned_to: str | Unset
        chat_assigned_to_ids: list[str] | Unset
        notify_to_user_id: str | Unset
        requested_team_key: str | Unset
        delegated_by: str | Unset
        delegated_at: int | Unset
        handoff_history: list[Handoff] | Unset
        vapi: VapiCall | Unset
        voice: VoiceSession | Unset
        campaign_calls: list[Any] | Unset
        detailed_cost: DetailedCost | Unset
        lead_score: float | Unset
        funnel_steps_matched: list[str] | Unset
        funnel_score_history: list[FunnelScore] | Unset
        funnel_notification_sent: bool | Unset
        funnel_last_evaluated: int | Unset
        funnel_extracted_data: dict[str, Any] | Unset
        funnel_summary: str | Unset

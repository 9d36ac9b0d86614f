/** Zild's part of the mock's page. */

import { records } from "/_causerie/ui/conversations.js";

export const first = { path: "/api/Conversation/proactive-conversation", body: { channelId: 1, recipient: ["+15550100"] } };

export function conversations({ tenants }) {
  return tenants.flatMap((held, tenant) =>
    records(held.conversations).map((raw) => {
      const messages = raw.messages.map(({ from, content }) => ({ role: from, text: content }));
      return {
        owner: tenant,
        id: String(raw.id),
        who: raw.contactName ?? raw.from,
        title: raw.contactName ? raw.from : undefined,
        tags: [raw.active ? "active" : "finished", raw.liveAgent ? "live agent" : "bot", `tenant ${tenant}`],
        changed: raw.lastConversationUpdateTime,
        count: messages.length,
        messages,
        raw,
      };
    }),
  );
}

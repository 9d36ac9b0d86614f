/** Convocore's part of the mock's page. */

import { records } from "/_causerie/ui/conversations.js";

export const first = {
  path: "/agents/agent123/convos",
  body: { conversation: { ts: 1767225600, userName: "Ada Lovelace" } },
};

export function conversations({ agents }) {
  return Object.entries(agents.records).flatMap(([agentId, { conversations }]) =>
    records(conversations).map((raw) => ({
      owner: agentId,
      id: raw.ID,
      who: raw.userName ?? raw.userEmail ?? raw.userPhone ?? raw.userID,
      title: raw.title,
      tags: [raw.state, agentId],
      changed: raw.lastModified * 1000,
      count: raw.messagesNum ?? 0,
      raw,
    })),
  );
}

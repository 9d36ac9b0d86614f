/** raia's part of the mock's page. */

import { records } from "/_causerie/ui/conversations.js";

export function conversations({ agents }) {
  return agents.flatMap((agent, owner) =>
    records(agent.conversations).map((raw) => {
      const { shown, user, source } = raw;
      const messages = records(raw.messages).map(({ shown: { senderRole, message } }) => ({ role: senderRole, text: message }));
      return {
        owner,
        id: shown.id,
        who: [user.firstName, user.lastName].filter(Boolean).join(" ") || user.id,
        title: shown.title,
        tags: [shown.mode, source, agent.name],
        changed: shown.updatedAt,
        count: messages.length,
        messages,
        raw,
      };
    }),
  );
}

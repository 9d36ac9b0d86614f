/** The conversations that the mocks remember, each vendor's put into the same words. */

import { element, NAMES, time } from "./dom.js";

const LIMIT = 100;

/** The records of a store, in a state as it is saved. */
const records = (store) => Object.values(store.records);
const name = (...parts) => parts.filter(Boolean).join(" ");

/** Whose a conversation is, agent or tenant, tells it from another's with the same id. */
const READERS = {
  convocore: ({ agents }) =>
    Object.entries(agents.records).flatMap(([agentId, { conversations }]) =>
      records(conversations).map((raw) => ({
        owner: agentId,
        id: raw.ID,
        who: raw.userName ?? raw.userEmail ?? raw.userPhone ?? raw.userID,
        title: raw.title,
        tags: [raw.state, agentId],
        changed: raw.lastModified * 1000,
        count: raw.messagesNum ?? 0,
        messages: [],
        raw,
      })),
    ),

  raia: ({ agents }) =>
    agents.flatMap((agent, owner) =>
      records(agent.conversations).map((raw) => {
        const { shown, user, source } = raw;
        const messages = records(raw.messages).map(({ shown: { senderRole, message } }) => ({ role: senderRole, text: message }));
        return {
          owner,
          id: shown.id,
          who: name(user.firstName, user.lastName) || user.id,
          title: shown.title,
          tags: [shown.mode, source, agent.name],
          changed: shown.updatedAt,
          count: messages.length,
          messages,
          raw,
        };
      }),
    ),

  zild: ({ tenants }) =>
    tenants.flatMap(({ conversations }, tenant) =>
      records(conversations).map((raw) => {
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
    ),
};

/** The conversations of one vendor. */
export class Conversations {
  constructor(vendor) {
    this.vendor = vendor;
    this.rows = new Map();
    this.count = element("span", { class: "quiet" });
    this.list = element("ul", { class: "conversations" });
    this.rest = element("p", { class: "quiet" });
    this.root = element(
      "section",
      { "data-vendor": vendor },
      element("h3", {}, NAMES[vendor], " ", this.count),
      this.list,
      this.rest,
    );
  }

  show({ state }) {
    const all = READERS[this.vendor](state.memory);
    all.sort((one, other) => new Date(other.changed) - new Date(one.changed));
    const shown = all.slice(0, LIMIT);
    const rows = new Map(shown.map((conversation) => [key(conversation), this.row(conversation)]));
    this.rows = rows;
    this.count.textContent = String(all.length);
    this.rest.textContent = all.length > LIMIT ? `and ${all.length - LIMIT} older ones` : all.length ? "" : "None yet.";
    const nodes = [...rows.values()].map(({ node }) => node);
    // Moving an element takes the focus off it.
    if (nodes.length !== this.list.childElementCount || nodes.some((node, at) => node !== this.list.children[at])) {
      const focused = document.activeElement?.closest?.("[data-key]")?.dataset.key;
      this.list.replaceChildren(...nodes);
      if (focused !== undefined) rows.get(focused)?.node.querySelector("summary").focus({ preventScroll: true });
    }
  }

  /** The row that there is, as long as nothing in it has changed. */
  row(conversation) {
    const text = JSON.stringify(conversation.raw);
    const before = this.rows.get(key(conversation));
    if (before?.text === text) return before;
    const node = row(conversation);
    before?.node.querySelectorAll("details").forEach((details, at) => {
      const same = node.querySelectorAll("details")[at];
      if (same) same.open = details.open;
    });
    return { text, node };
  }
}

function key({ owner, id }) {
  return `${owner} ${id}`;
}

function row({ owner, id, who, title, tags, changed, count, messages, raw }) {
  return element(
    "li",
    { "data-conversation": id, "data-key": key({ owner, id }) },
    element(
      "details",
      {},
      element(
        "summary",
        {},
        element("span", { class: "who" }, who || "somebody"),
        time(changed),
        title ? element("span", { class: "title" }, title) : null,
        element(
          "span",
          { class: "meta" },
          ...tags.filter(Boolean).map((tag) => element("span", { class: "tag" }, tag)),
          element("span", {}, count === 1 ? "1 message" : `${count} messages`),
        ),
        element("code", { class: "id" }, id),
      ),
      element(
        "div",
        { class: "more" },
        messages.length
          ? element(
              "ol",
              { class: "messages" },
              ...messages.map(({ role, text }) => element("li", {}, element("span", { class: "quiet" }, role), element("p", {}, text))),
            )
          : null,
        element(
          "details",
          {},
          element("summary", {}, "As it is stored"),
          element("pre", { tabindex: "0", "aria-label": `Conversation ${id} as JSON` }, JSON.stringify(raw, null, 2)),
        ),
      ),
    ),
  );
}

/**
 * The conversations in the memory of the mocks, in the same form for all vendors.
 *
 * `conversations` of a vendor's page.js takes the memory in a saved state, and returns an object for each conversation:
 * its `owner` (two owners may have conversations with the same `id`), its `id`, and its stored form as `raw`. As far
 * as they are known, it also has the person (`who`), the `title`, the `tags`, the `messages` (each with `role` and
 * `text`), their `count`, and the time of the last change (`changed`).
 */

import { element, NAMES, time } from "./dom.js";

const LIMIT = 100;

/** The records of a store. */
export const records = (store) => Object.values(store.records);

/** The conversations of one vendor. */
export class Conversations {
  constructor({ vendor, page }) {
    this.page = page;
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
    const all = this.page.conversations(state.memory);
    all.sort((one, other) => new Date(other.changed) - new Date(one.changed));
    const shown = all.slice(0, LIMIT);
    const rows = new Map(shown.map((conversation) => [key(conversation), this.row(conversation)]));
    this.rows = rows;
    this.count.textContent = String(all.length);
    this.rest.textContent = all.length > LIMIT ? `and ${all.length - LIMIT} older ones` : all.length ? "" : "None yet.";
    const nodes = [...rows.values()].map(({ node }) => node);
    // Moving an element removes the focus from it.
    if (nodes.length !== this.list.childElementCount || nodes.some((node, at) => node !== this.list.children[at])) {
      const focused = document.activeElement?.closest?.("[data-key]")?.dataset.key;
      this.list.replaceChildren(...nodes);
      if (focused !== undefined) rows.get(focused)?.node.querySelector("summary").focus({ preventScroll: true });
    }
  }

  /** Returns the existing row, as long as nothing in it has changed. */
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

function row({ owner, id, who, title, tags = [], changed, count, messages = [], raw }) {
  return element(
    "li",
    { "data-conversation": id, "data-key": key({ owner, id }) },
    element(
      "details",
      {},
      element(
        "summary",
        {},
        element("span", { class: "who" }, who || "unknown person"),
        changed === undefined ? null : time(changed),
        title ? element("span", { class: "title" }, title) : null,
        element(
          "span",
          { class: "meta" },
          ...tags.filter(Boolean).map((tag) => element("span", { class: "tag" }, tag)),
          count === undefined ? null : element("span", {}, count === 1 ? "1 message" : `${count} messages`),
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
          element("summary", {}, "Stored form"),
          element("pre", { tabindex: "0", "aria-label": `Conversation ${id} as JSON` }, JSON.stringify(raw, null, 2)),
        ),
      ),
    ),
  );
}

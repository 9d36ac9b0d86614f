/** What is served, and how to reach it. */

import { copyable, element, NAMES, time } from "./dom.js";

/** A first request that succeeds on a mock that was just started. */
const EXAMPLES = {
  convocore: { path: "/agents/agent123/convos", body: { conversation: { ts: 1767225600, userName: "Ada Lovelace" } } },
  raia: { path: "/external/conversations" },
  zild: { path: "/api/Conversation/proactive-conversation", body: { channelId: 1, recipient: ["+15550100"] } },
};

export function curl(vendor) {
  const { path, body } = EXAMPLES[vendor.vendor];
  const parts = [`curl ${vendor.url}${path}`, `-H '${vendor.header}: ${vendor.credentials[0]}'`];
  if (body) parts.push("-H 'Content-Type: application/json'", `-d '${JSON.stringify(body)}'`);
  return parts.join(" \\\n  ");
}

function played(vendor) {
  return [
    element("h4", {}, `Credentials, in ${vendor.header}`),
    ...vendor.credentials.map((credential, tenant) =>
      copyable(credential, `credential of tenant ${tenant} of ${NAMES[vendor.vendor]}`),
    ),
    element("h4", {}, "Try it"),
    copyable(curl(vendor), `curl command for ${NAMES[vendor.vendor]}`),
  ];
}

function spied(vendor) {
  return [element("h4", {}, "Spies on"), copyable(vendor.spy, `real server of ${NAMES[vendor.vendor]}`)];
}

export class Card {
  constructor(vendor) {
    this.clock = element("dd");
    this.faults = element("dd");
    this.total = element("dd", {}, "0");
    this.seen = "";
    const count = vendor.operations.length;
    this.root = element(
      "article",
      { class: "card", "data-vendor": vendor.vendor },
      element(
        "header",
        {},
        element("h3", {}, NAMES[vendor.vendor]),
        element("span", { class: "quiet" }, count === 1 ? "1 operation" : `${count} operations`),
      ),
      element("h4", {}, "Base URL"),
      copyable(vendor.url, `base URL of ${NAMES[vendor.vendor]}`),
      ...(vendor.spy === null ? played(vendor) : spied(vendor)),
      element(
        "dl",
        { class: "facts" },
        element("div", {}, element("dt", {}, "Requests"), this.total),
        element("div", {}, element("dt", {}, "Mock time"), this.clock),
        element("div", {}, element("dt", {}, "Faults"), this.faults),
      ),
    );
  }

  show(total, clock, faults) {
    const seen = JSON.stringify([total, clock, faults]);
    if (seen === this.seen) return;
    this.seen = seen;
    this.total.textContent = total;
    this.clock.replaceChildren(time(clock.now), element("span", { class: "quiet" }, pace(clock)));
    this.faults.replaceChildren(
      faults.length ? element("ul", {}, ...faults.map((fault) => element("li", {}, sentence(fault)))) : "none",
    );
  }
}

function pace({ mode, step }) {
  return { step: ` +${step} s a request`, frozen: " frozen", run: " running" }[mode];
}

function sentence({ kind, left, probability, match }) {
  const often = left === null ? "always" : `${left} left`;
  const likely = probability < 1 ? `, ${Math.round(probability * 100)} %` : "";
  return `${kind} (${match || "anything"}): ${often}${likely}`;
}

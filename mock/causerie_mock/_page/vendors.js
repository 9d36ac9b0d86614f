/** The cards of the served vendors, with their URLs and credentials. */

import { copyable, element, time } from "./dom.js";

/** Returns a request that succeeds on a fresh mock: the vendor's own, or a GET whose path has no parameter. */
function first({ page, operations }) {
  return page.first ?? operations.find(({ method, path }) => method === "GET" && !path.includes("{"));
}

function curl(vendor, { path, body }) {
  const parts = [`curl ${vendor.url}${path}`, `-H '${vendor.header}: ${vendor.credentials[0]}'`];
  if (body) parts.push("-H 'Content-Type: application/json'", `-d '${JSON.stringify(body)}'`);
  return parts.join(" \\\n  ");
}

function played(vendor) {
  const request = first(vendor);
  return [
    element("h4", {}, `Credentials, in ${vendor.header}`),
    ...vendor.credentials.map((credential, tenant) => copyable(credential, `credential of tenant ${tenant} of ${vendor.title}`)),
    ...(request ? [element("h4", {}, "Try it"), copyable(curl(vendor, request), `curl command for ${vendor.title}`)] : []),
  ];
}

function spied(vendor) {
  return [element("h4", {}, "Spies on"), copyable(vendor.spy, `real server of ${vendor.title}`)];
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
        element("h3", {}, vendor.title),
        element("span", { class: "quiet" }, count === 1 ? "1 operation" : `${count} operations`),
      ),
      element("h4", {}, "Base URL"),
      copyable(vendor.url, `base URL of ${vendor.title}`),
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

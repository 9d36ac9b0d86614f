/** The log of webhook calls and their results. */

import { element, NAMES, pretty, time } from "./dom.js";

const LIMIT = 200;

export class Calls {
  constructor(root, empty) {
    this.root = root;
    this.empty = empty;
    this.vendor = "";
  }

  /** Puts the calls of a vendor on top. */
  add(vendor, news) {
    for (const call of news) this.root.prepend(this.row(vendor, call));
    while (this.root.childElementCount > LIMIT) this.root.lastElementChild.remove();
    this.show(this.vendor);
  }

  clear(vendor) {
    for (const row of this.root.querySelectorAll(`[data-vendor="${vendor}"]`)) row.remove();
  }

  /** Shows the calls of one vendor, or of all. */
  show(vendor) {
    this.vendor = vendor;
    for (const row of this.root.children) row.hidden = vendor !== "" && row.dataset.vendor !== vendor;
    this.empty.hidden = [...this.root.children].some((row) => !row.hidden);
  }

  row(vendor, call) {
    const taken = call.status >= 200 && call.status < 300;
    const verdict = taken ? "valid" : "refused";
    const headers = Object.entries(call.headers).map(([name, value]) => `${name}: ${value}`).join("\n");
    return element(
      "li",
      { "data-vendor": vendor, "data-verdict": verdict },
      element(
        "details",
        {},
        element(
          "summary",
          {},
          element("span", { class: "method" }, "POST"),
          element("span", { class: "path" }, call.event, element("span", { class: "quiet" }, ` to ${call.target}`)),
          element("span", { class: `status status-${String(call.status)[0]}` }, call.status ? String(call.status) : "none"),
          element(
            "span",
            { class: "meta" },
            element("span", { class: `verdict ${verdict}` }, taken ? "delivered" : "failed"),
            element("span", {}, NAMES[vendor]),
            call.attempt > 1 && element("span", {}, `attempt ${call.attempt}`),
            call.duplicate && element("span", {}, "duplicate"),
            time(call.at),
          ),
          call.error ? element("span", { class: "why" }, call.error) : null,
        ),
        element(
          "div",
          { class: "more" },
          element("h4", {}, "Headers"),
          element("pre", { tabindex: "0", "aria-label": "Headers" }, headers),
          element("h4", {}, "Body"),
          element("pre", { tabindex: "0", "aria-label": "Body" }, pretty(call.body)),
        ),
      ),
    );
  }
}

/** The findings of spies: differences between the traffic with real servers and the documents. */

import { element, NAMES, time } from "./dom.js";

export class Findings {
  constructor(root, empty) {
    this.root = root;
    this.empty = empty;
    this.vendor = "";
    this.seen = {};
  }

  /** Shows all findings of a vendor's spy. */
  show(vendor, found) {
    const seen = JSON.stringify(found);
    if (seen === this.seen[vendor]) return;
    this.seen[vendor] = seen;
    const folded = new Map([...this.root.children].map((row) => [row.dataset.key, row.firstElementChild.open]));
    for (const row of this.root.querySelectorAll(`[data-vendor="${vendor}"]`)) row.remove();
    for (const finding of found.findings) this.root.prepend(this.row(vendor, finding, folded));
    this.empty.textContent = `No findings: all ${found.checked} exchanges are as documented.`;
    this.filter(this.vendor);
  }

  /** Shows the findings of one vendor, or of all. */
  filter(vendor) {
    this.vendor = vendor;
    for (const row of this.root.children) row.hidden = vendor !== "" && row.dataset.vendor !== vendor;
    this.empty.hidden = [...this.root.children].some((row) => !row.hidden);
  }

  row(vendor, finding, folded) {
    const key = `${vendor} ${finding.label} ${finding.where} ${finding.schema} ${finding.keyword}`;
    const times = finding.count === 1 ? "once" : `${finding.count} times`;
    const details = element(
      "details",
      {},
      element(
        "summary",
        {},
        element("span", { class: "path" }, finding.label),
        element("span", { class: `status status-${String(finding.status)[0]}` }, finding.status ? String(finding.status) : "none"),
        element(
          "span",
          { class: "meta" },
          element("span", { class: "verdict refused" }, finding.title),
          element("span", {}, NAMES[vendor]),
          element("span", {}, finding.operation ?? "no operation"),
          element("span", {}, times),
          time(finding.last),
        ),
        element("span", { class: "why" }, `${finding.where}: ${finding.problem}`),
      ),
      element(
        "div",
        { class: "more" },
        element("h4", {}, "In the document"),
        element("pre", { tabindex: "0", "aria-label": "Place in the document" }, `#${finding.schema}`),
        element("p", {}, `It contradicts ${finding.promise}.`),
      ),
    );
    details.open = folded.get(key) ?? false;
    return element("li", { "data-vendor": vendor, "data-verdict": "refused", "data-key": key }, details);
  }
}

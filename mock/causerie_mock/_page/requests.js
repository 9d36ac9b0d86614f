/** The log of requests and their results. */

import { element, NAMES, pretty, time } from "./dom.js";

const LIMIT = 200;

/** Follows a log of one vendor: the requests, or another log whose entries have an index. */
export class Follower {
  constructor(vendor, place = "requests", list = "requests") {
    this.vendor = vendor;
    this.place = place;
    this.list = list;
    this.last = null;
  }

  /**
   * The path of the new entries and of the last known one: if that is gone or has changed, the mock was reset in
   * between.
   */
  get path() {
    const after = this.last ? `&after=${this.last.index - 1}` : "";
    return `/_causerie/${this.vendor}/${this.place}?limit=${LIMIT}${after}`;
  }

  /** Returns the new entries; null after a reset, when everything must be read again. */
  take({ total, [this.list]: entries }) {
    if (this.last) {
      const [first] = entries;
      const gap = first && first.index > this.last.index;
      if (total <= this.last.index || (!gap && JSON.stringify(first) !== JSON.stringify(this.last))) {
        this.last = null;
        return null;
      }
    }
    const news = entries.filter(({ index }) => !this.last || index > this.last.index);
    this.last = news.at(-1) ?? this.last;
    return news;
  }
}

export class Log {
  constructor(root, empty) {
    this.root = root;
    this.empty = empty;
    this.wanted = { vendor: "", refused: false };
  }

  /** Puts requests, each with its vendor, on top. */
  add(news) {
    news.sort((one, other) => one.at.localeCompare(other.at));
    for (const request of news) this.root.prepend(this.row(request));
    while (this.root.childElementCount > LIMIT) this.root.lastElementChild.remove();
    this.tell();
  }

  clear(vendor) {
    for (const row of this.root.querySelectorAll(`[data-vendor="${vendor}"]`)) row.remove();
    this.tell();
  }

  show(wanted) {
    Object.assign(this.wanted, wanted);
    for (const row of this.root.children) row.hidden = this.hides(row);
    this.tell();
  }

  hides(row) {
    return (this.wanted.vendor !== "" && row.dataset.vendor !== this.wanted.vendor) ||
      (this.wanted.refused && row.dataset.verdict !== "refused");
  }

  tell() {
    const rows = [...this.root.children];
    this.empty.hidden = rows.some((row) => !row.hidden);
    this.empty.textContent = rows.length
      ? "No request matches."
      : "Nothing yet. Send a request, and it shows here within a second.";
  }

  row(request) {
    // A request is not checked if a fault happens before.
    const verdict = { true: "valid", false: "refused", null: "unchecked" }[request.valid];
    const [issue] = request.issues;
    const why = issue ? issueText(issue) : request.message;
    const row = element(
      "li",
      { "data-vendor": request.vendor, "data-verdict": verdict },
      element(
        "details",
        {},
        element(
          "summary",
          {},
          element("span", { class: "method" }, request.method),
          element("span", { class: "path" }, request.path, query(request) && element("span", { class: "quiet" }, query(request))),
          element("span", { class: `status status-${String(request.status)[0]}` }, request.status ? String(request.status) : "none"),
          element(
            "span",
            { class: "meta" },
            element("span", { class: `verdict ${verdict}` }, word(request, verdict)),
            element("span", {}, NAMES[request.vendor]),
            element("span", {}, request.operation ?? "no operation"),
            request.fault && element("span", { class: "fault" }, `fault ${request.fault}`),
            time(request.at),
          ),
          why ? element("span", { class: "why" }, why) : null,
        ),
        body(request),
      ),
    );
    row.hidden = this.hides(row);
    return row;
  }
}

/** Returns the verdict in words. With a spy, the real server answers, so nothing is refused here. */
function word({ spied }, verdict) {
  if (verdict === "unchecked") return "not checked";
  if (!spied) return verdict;
  return verdict === "valid" ? "as documented" : "not as documented";
}

function query({ query: text }) {
  return text ? `?${text}` : "";
}

function issueText({ place, message }) {
  return place ? `${place}: ${message}` : message;
}

function body(request) {
  return element(
    "div",
    { class: "more" },
    request.message && element("p", {}, request.message),
    request.issues.length
      ? element("ul", { class: "issues" }, ...request.issues.map((issue) => element("li", {}, issueText(issue))))
      : null,
    element("h4", {}, "Headers"),
    element("pre", { tabindex: "0", "aria-label": "Headers" }, request.headers.map(([name, value]) => `${name}: ${value}`).join("\n") || "none"),
    element("h4", {}, "Body"),
    element("pre", { tabindex: "0", "aria-label": "Body" }, request.body ? pretty(request.body) : "none"),
  );
}

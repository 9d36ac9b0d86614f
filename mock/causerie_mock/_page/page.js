/** Reads the news from the mocks once a second, and shows them. */

import { Conversations } from "./conversations.js";
import { folded, followScheme } from "./documents.js";
import { element, NAMES } from "./dom.js";
import { Findings } from "./findings.js";
import { Follower, Log } from "./requests.js";
import { Card } from "./vendors.js";
import { Calls } from "./webhooks.js";

const SECOND = 1000;
/** A state may be large: for every tenth of a second that reading it takes, the next rounds skip it once. */
const TENTH = 100;

const by = (id) => document.getElementById(id);

async function read(path, options = {}) {
  const response = await fetch(path, { cache: "no-store", ...options });
  if (!response.ok) {
    const { message } = await response.json().catch(() => ({}));
    throw new Error(message ?? `${path} answered ${response.status}.`);
  }
  return response.status === 204 ? null : response.json();
}

class Vendor {
  constructor(data) {
    this.name = data.vendor;
    this.card = new Card(data);
    this.follower = new Follower(data.vendor);
    this.caller = new Follower(data.vendor, "webhooks/deliveries", "deliveries");
    this.conversations = new Conversations(data);
    this.spied = data.spy !== null;
    this.rest = 0;
  }

  /** Reads everything that may have changed, and returns the new requests. */
  async poll(log, calls, findings) {
    const [answer, clock, faults] = await Promise.all([
      read(this.follower.path),
      read(`/_causerie/${this.name}/time`),
      read(`/_causerie/${this.name}/faults`),
    ]);
    this.card.show(answer.total, clock, faults);
    if (this.rest > 0) {
      this.rest -= 1;
    } else {
      const begun = performance.now();
      this.conversations.show(await read(`/_causerie/${this.name}/state`));
      this.rest = Math.floor((performance.now() - begun) / TENTH);
    }
    let news = this.follower.take(answer);
    if (news === null) {
      log.clear(this.name);
      news = this.follower.take(await read(this.follower.path));
    }
    let called = this.caller.take(await read(this.caller.path));
    if (called === null) {
      calls.clear(this.name);
      called = this.caller.take(await read(this.caller.path));
    }
    calls.add(this.name, called);
    if (this.spied) findings.show(this.name, await read(`/_causerie/${this.name}/spy`));
    return news.map((request) => ({ vendor: this.name, spied: this.spied, ...request }));
  }
}

class Page {
  constructor(vendors) {
    this.vendors = vendors;
    this.log = new Log(by("log"), by("no-requests"));
    this.calls = new Calls(by("calls"), by("no-calls"));
    this.findings = new Findings(by("found"), by("no-findings"));
    this.paused = false;
    this.polling = false;
    this.timer = undefined;
  }

  get resting() {
    return this.paused || document.hidden;
  }

  /** Polls again and again, except while the page is paused or hidden. */
  async poll() {
    clearTimeout(this.timer);
    if (this.resting || this.polling) return;
    this.polling = true;
    const polled = await Promise.allSettled(this.vendors.map((vendor) => vendor.poll(this.log, this.calls, this.findings)));
    this.polling = false;
    this.log.add(polled.flatMap(({ value }) => value ?? []));
    if (polled.some(({ status }) => status === "rejected")) pulse("lost", "No answer");
    else this.tell();
    this.timer = setTimeout(() => this.poll(), SECOND);
  }

  pause() {
    this.paused = !this.paused;
    by("pause").setAttribute("aria-pressed", String(this.paused));
    by("pause").textContent = this.paused ? "Resume" : "Pause";
    this.tell();
    this.poll();
  }

  tell() {
    if (this.paused) pulse("paused", "Paused");
    else pulse("live", "Live");
  }

  async reset() {
    try {
      await read("/_causerie/reset", { method: "POST" });
    } finally {
      await this.poll();
    }
  }
}

function pulse(state, text) {
  const shown = by("pulse");
  if (shown.dataset.state === state) return; // Screen readers would read the same status again.
  shown.dataset.state = state;
  shown.textContent = text;
}

/** Waits until the server answers, and returns the vendors with their parts of the page. */
async function vendorsServed() {
  for (;;) {
    try {
      const served = await read("/_causerie/vendors");
      return await Promise.all(
        served.map(async (data) => ({ ...data, page: await import(`/_causerie/ui/vendors/${data.vendor}.js`) })),
      );
    } catch (error) {
      pulse("lost", "No answer");
      by("cards").replaceChildren(element("p", { role: "alert" }, error.message));
      await new Promise((resolve) => setTimeout(resolve, SECOND));
    }
  }
}

async function start() {
  followScheme();
  const served = await vendorsServed();
  for (const data of served) {
    NAMES[data.vendor] = data.title;
    // The page may have been loaded under another name of the host, and requests to other names are not allowed.
    data.url = new URL(new URL(data.url).pathname, location.origin).href;
    by("vendor-filter").append(element("option", { value: data.vendor }, data.title));
    by("document-list").append(folded(data, read));
  }
  const vendors = served.map((data) => new Vendor(data));
  by("cards").replaceChildren(...vendors.map(({ card }) => card.root));
  by("state").append(...vendors.map(({ conversations }) => conversations.root));
  const page = new Page(vendors);
  by("pause").addEventListener("click", () => page.pause());
  by("reset").addEventListener("click", () => page.reset().catch(() => pulse("lost", "No answer")));
  by("refused-filter").addEventListener("change", ({ target }) => page.log.show({ refused: target.checked }));
  by("vendor-filter").addEventListener("change", ({ target }) => {
    page.log.show({ vendor: target.value });
    page.calls.show(target.value);
    page.findings.filter(target.value);
    for (const { name, conversations } of vendors) conversations.root.hidden = target.value !== "" && target.value !== name;
  });
  document.addEventListener("visibilitychange", () => page.poll());
  await page.poll();
}

start();

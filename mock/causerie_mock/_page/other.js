/** For vendors without a page.js: shows every object in the state that has a text or a number, under its place. */
export function conversations(memory, owner = "") {
  return Object.entries(memory).flatMap(([name, raw]) => {
    if (raw === null || typeof raw !== "object") return [];
    const place = `${owner} ${name}`.trim();
    const isRecord = Object.values(raw).some((value) => typeof value !== "object");
    return isRecord ? [{ owner: place, id: String(raw.id ?? name), who: place, raw }] : conversations(raw, place);
  });
}

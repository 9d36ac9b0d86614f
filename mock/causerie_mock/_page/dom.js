/** Creates elements from unchecked data: strings become text, never markup. */

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== undefined && value !== null && value !== false) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return made;
}

/** Mock time, to the second: 2026-01-01 00:00:05. */
export function time(instant) {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return String(instant);
  const text = date.toISOString().slice(0, 19).replace("T", " ");
  return element("time", { datetime: date.toISOString(), title: `${text} UTC, mock time` }, text);
}

/** A line of code with a button that copies it. */
export function copyable(text, label) {
  const button = element("button", { type: "button", class: "copy", "aria-label": `Copy ${label}` }, "Copy");
  button.addEventListener("click", async () => {
    button.textContent = (await copy(text)) ? "Copied" : "Not allowed";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
  return element("div", { class: "copyable" }, element("code", { tabindex: "0", "aria-label": label }, text), button);
}

/** Copies a text. Browsers offer the clipboard only on localhost and over HTTPS. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Returns `text` as indented JSON, or unchanged if it is not JSON. */
export function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The title of each vendor, once the server has sent it. */
export const NAMES = {};

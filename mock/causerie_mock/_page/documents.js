/** The vendors' documents in Swagger UI, which is large and therefore loaded when the first document is opened. */

import { element } from "./dom.js";

let loading;

function load() {
  loading ??= new Promise((resolve, reject) => {
    document.head.append(
      element("link", { rel: "stylesheet", href: "/_causerie/ui/swagger-ui.css" }),
      element("script", { src: "/_causerie/ui/swagger-ui.js", onload: resolve, onerror: reject }),
    );
  }).catch((error) => {
    loading = undefined; // The next document tries again.
    throw error;
  });
  return loading;
}

/** A folded document; `read` fetches it. */
export function folded(vendor, read) {
  const place = element("div", {}, element("p", { class: "quiet" }, "Loading …"));
  const details = element(
    "details",
    { class: "document", "data-vendor": vendor.vendor },
    element("summary", {}, `${vendor.title} `, element("span", { class: "quiet" }, "OpenAPI 3.1")),
    place,
  );
  let rendered = false;
  details.addEventListener("toggle", async () => {
    if (!details.open || rendered) return;
    rendered = true;
    try {
      const [spec] = await Promise.all([read(`/_causerie/${vendor.vendor}/document`), load()]);
      render(place, vendor, spec);
    } catch (error) {
      rendered = false;
      place.replaceChildren(element("p", { role: "alert" }, `The document cannot be shown: ${error.message ?? "Swagger UI does not load."}`));
    }
  });
  return details;
}

function render(domNode, vendor, spec) {
  const [scheme] = Object.entries(spec.components.securitySchemes);
  const ui = globalThis.SwaggerUIBundle({
    domNode,
    // Requests go to the origin of this page, under whichever name it was loaded: other hosts are not allowed.
    spec: { ...worded(spec), servers: [{ url: vendor.url }] },
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    showExtensions: true,
    showCommonExtensions: true,
    displayRequestDuration: true,
    validatorUrl: null,
    onComplete: () => authorize(ui, scheme, vendor.credentials[0]),
  });
}

/** Turns the evidence into a sentence, because Swagger UI shows the raw object of an extension. */
function worded(node) {
  if (Array.isArray(node)) return node.map(worded);
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, key === "x-evidence" ? evidence(value) : worded(value)]));
}

function evidence({ level, ...rest }) {
  return [level, Object.values(rest).join(", ")].filter(Boolean).join(": ");
}

/** Enters the credential. For the scheme bearer, Swagger UI adds the word Bearer itself. */
function authorize(ui, [name, { type }], credential) {
  ui.preauthorizeApiKey(name, type === "http" ? credential.replace(/^Bearer /, "") : credential);
}

/** Follows the colour scheme: Swagger UI is dark if its root element has a class. */
export function followScheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
  dark.addEventListener("change", apply);
  apply();
}

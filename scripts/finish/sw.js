"use strict";
// Keeps the pages a person may need without a network, and never shows a kept one without its date.
const kept = {"version":"","pages":[],"assets":[]};
const name = "guide-" + kept.version;
const PATIENCE = 4000; // milliseconds; a subway signal that does not answer is no signal
const at = (path) => new URL(path, registration.scope).href;
const pages = kept.pages.map(at);
const assets = kept.assets.map(at);

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(Promise.all([...pages, ...assets].map(async (address) => {
    const response = await fetch(address, { cache: "no-cache" });
    if (!response.ok) throw new Error(address);
    await save(address, response);
  })));
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter((one) => one.startsWith("guide-") && (one !== name || !pages.length));
    await Promise.all(old.map((one) => caches.delete(one)));
    if (pages.length) await clients.claim();
    else await registration.unregister(); // the kill switch
  })());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const address = request.url.split(/[?#]/)[0].replace(/index\.html$/, "");
  if (request.method !== "GET" || !pages.length || !address.startsWith(registration.scope)) return;
  if (assets.includes(address)) event.respondWith(asset(address, request));
  else if (request.mode === "navigate") {
    if (pages.includes(address)) event.respondWith(keptPage(address, request));
    else event.respondWith(fetch(request).catch(() => Response.redirect(pages[0] + "?instead")));
  }
});

async function asset(address, request) {
  return (await saved(address)) || fetch(request); // its name changes when its content does
}

async function keptPage(address, request) {
  const copy = await saved(address);
  try {
    const answer = fetch(new Request(address, { cache: "no-cache" }));
    const response = await (copy ? Promise.race([answer, late()]) : answer);
    if (response.status >= 500) throw new Error("The host is ill");
    if (response.ok) await save(address, response.clone());
    return response;
  } catch {
    return copy ? dated(copy, request.url.endsWith("?instead")) : Response.error();
  }
}

function late() {
  return new Promise((_, reject) => setTimeout(reject, PATIENCE));
}

async function saved(address) {
  return (await caches.open(name)).match(address);
}

async function save(address, response) {
  const headers = { "content-type": response.headers.get("content-type"), "x-saved": new Date().toISOString() };
  await (await caches.open(name)).put(address, new Response(await response.blob(), { headers }));
}

// The saved page, marked for its own script (no "open now") and saying its day in words to the reader.
async function dated(copy, instead) {
  const day = new Date(copy.headers.get("x-saved"));
  const words = day.toLocaleDateString("en-US", { year: "numeric", month: "long", day: "numeric" });
  const why = instead ? "The page you asked for is not saved on this device. " : "";
  const note = `<aside class="saved-copy" aria-label="Saved copy"><p>${why}You have no connection, so this is a `
    + `<strong>saved copy from ${words}</strong>. Hours may have changed since.</p></aside>`;
  const page = (await copy.text())
    .replace("<html ", `<html data-saved-on="${copy.headers.get("x-saved").slice(0, 10)}" `)
    .replace(/<main[^>]*>/, (main) => note + main);
  return new Response(page, { headers: { "content-type": "text/html; charset=utf-8" } });
}

"use strict";
// The promise: whoever opens a kept page after one visit sees it within five seconds, fresh whenever the host gives it.
// Otherwise the reader gets the saved copy, which says its day. Without a copy, all goes as it would without a worker.
const kept = {"version":"","pages":[],"assets":{},"notes":{}};
const PATIENCE = 3000; // milliseconds for the full answer; the rest of the five seconds is for a slow phone
const HOME = registration.scope;
const OURS = `guide ${HOME} `; // another guide on this origin has another scope
const STORE = OURS + kept.version; // a store holds one release, so an update that fails halfway harms nothing
const MARK = /data-whole=["']?([^"'\s>]*)@(\w*)/; // finish writes it last into each page: address@version

addEventListener("install", (event) => {
  skipWaiting();
  if (kept.pages.length) event.waitUntil(fill());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if ((name !== STORE || !kept.pages.length) && (await isOurs(name))) await caches.delete(name);
    }
    if (kept.pages.length) await clients.claim();
    else await registration.unregister(); // the kill switch
  })());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const path = pathOf(request.url);
  if (request.method !== "GET" || path === null || !kept.pages.length) return;
  if (path in kept.assets) event.respondWith(saved(path).then((copy) => copy || fetch(request)));
  else if (request.mode === "navigate") event.respondWith(visit(event, path).catch(() => fetch(request)));
});

async function visit(event, path) {
  const { request } = event;
  if (kept.pages.includes(`${path}/`)) return Response.redirect(`${HOME}${path}/`);
  const isKept = kept.pages.includes(path);
  const copy = isKept && (await saved(path));
  if (isKept && !copy) event.waitUntil(fill().catch(() => {})); // the browser needed the room
  if (!copy) return fetch(request).catch(() => helpInstead(path));
  if (asks(request.url, "live")) return fetch(request).catch(() => dated(copy, request.url));
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  return fresh(event, path, stop.signal).catch(() => dated(copy, request.url)).finally(() => clearTimeout(timer));
}

// The page as the host gives it now. Rejects when the host gives nothing, or something else.
async function fresh(event, path, signal) {
  const { response, text, page, version } = await ask(event.request.url.split(/[?#]/)[0], signal);
  if (response.type === "opaque") return fetch(event.request, { signal }); // it moved; the browser follows by itself
  if (response.redirected && pathOf(response.url) !== path) return Response.redirect(response.url);
  if (page !== path) throw new Error(`The host gave ${page} for ${path}`);
  if (version === kept.version) event.waitUntil(save(path, response.clone()).then(fill).catch(() => {}));
  return response.redirected ? new Response(text, { headers: headersOf(response) }) : response;
}

// Asks the host for a page and reads it to its end: only then is it known to be complete, and no login page.
async function ask(address, signal) {
  const response = await fetch(address, { cache: "no-cache", mode: "no-cors", signal });
  if (response.type === "opaque") return { response }; // redirected to another origin, which answers
  const text = await response.clone().text();
  const mark = MARK.exec(text);
  const isPage = /^text\/html\b/i.test(response.headers.get("content-type"));
  const isDownload = /^attachment\b/i.test(response.headers.get("content-disposition"));
  if (!response.ok || !isPage || isDownload || !mark) throw new Error(`No page of the guide: ${address}`);
  return { response, text, page: mark[1], version: mark[2] };
}

// Saves what is missing of this release. A page is known by its mark, an asset by its hash.
async function fill() {
  const store = await caches.open(STORE);
  const have = new Set((await store.keys()).map(({ url }) => pathOf(url)));
  const missing = [...kept.pages, ...Object.keys(kept.assets)].filter((path) => !have.has(path));
  await Promise.all(missing.map(async (path) => {
    const integrity = kept.assets[path];
    if (integrity) return save(path, await fetch(HOME + path, { cache: "no-cache", integrity }));
    const { response, page, version } = await ask(HOME + path);
    if (page !== path || version !== kept.version) throw new Error(`Not of this release: ${path}`);
    return save(path, response);
  }));
}

async function save(path, response) {
  const headers = headersOf(response);
  headers.set("x-saved", new Date().toISOString());
  await (await caches.open(STORE)).put(HOME + path, new Response(await response.blob(), { headers }));
}

// What is true of a page however it comes.
function headersOf(response) {
  const headers = new Headers(response.headers);
  for (const name of ["content-encoding", "content-length", "vary"]) headers.delete(name);
  return headers;
}

function saved(path) {
  return caches.match(HOME + path, { cacheName: STORE }).catch(() => undefined);
}

// For a page that does not open and is not saved: the first page that is. Rejects when nothing is saved.
async function helpInstead(path) {
  for (const page of kept.pages) {
    if (page !== path && (await saved(page))) return Response.redirect(`${HOME}${page}?instead`);
  }
  throw new Error("Nothing is saved");
}

// The saved page, marked for its own script (no "open now"), with a note in its own language.
async function dated(copy, url) {
  const page = await copy.text();
  const language = /<html[^>]*\slang=["']?([\w-]+)/.exec(page)?.[1];
  const words = kept.notes[language] || kept.notes.en;
  const day = copy.headers.get("x-saved");
  const date = new Date(day).toLocaleDateString(language, { year: "numeric", month: "long", day: "numeric" });
  const why = (navigator.onLine ? words.failed : words.offline).replace("{date}", date);
  const instead = asks(url, "instead") ? words.instead : "";
  const again = navigator.onLine ? `<a href="?live">${words.again}</a>` : "";
  const note = `<p>${instead} ${why} ${words.since} ${again}</p>`;
  const marked = page
    .replace("<html ", `<html data-saved-on="${day.slice(0, 10)}" `)
    .replace(/<main[^>]*>/, (main) => `<aside class="saved-copy" aria-label="${words.label}">${note}</aside>${main}`);
  return new Response(marked, { headers: copy.headers });
}

// A link to a section has a fragment behind this: "?instead#switch".
function asks(url, word) {
  return url.split("#")[0].endsWith(`?${word}`);
}

function pathOf(url) {
  return url.startsWith(HOME) ? url.slice(HOME.length).split(/[?#]/)[0].replace(/(^|\/)index\.html$/, "$1") : null;
}

// A store of the worker before this one does not say whose it is; what it holds does.
async function isOurs(name) {
  if (!/^guide-\w+$/.test(name)) return name.startsWith(OURS);
  return (await caches.open(name)).match(`${HOME}get-help-now/`);
}

"use strict";
// Lets the browser keep the pages that must open without a network. It waits until this page is there.
if ("serviceWorker" in navigator && isSecureContext) {
  const worker = new URL("../../sw.js", document.currentScript.src);
  addEventListener("load", () => navigator.serviceWorker.register(worker, { updateViaCache: "none" }).catch(() => {}));
}

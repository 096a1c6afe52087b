// Answers where there is no network: with static files, and with the empty form of a contact. It keeps no other page.
// The view in front (visits.views.phone) says what release this is: ABOUT = {release, files, form}.
"use strict";

const PREFIX = "peersupport-";
const CACHE = PREFIX + ABOUT.release;
// So long a form may take to come before the kept one is shown instead, milliseconds.
const PATIENCE = 8000;

async function keepForm() {
  const answer = await fetch(ABOUT.form, { redirect: "error", credentials: "same-origin", cache: "no-store" });
  if (answer.ok) {
    const cache = await caches.open(CACHE);
    await cache.put(ABOUT.form, answer);
  }
}

async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll(ABOUT.files);
  await keepForm().catch(() => {}); // nobody is signed in: a page asks for it later
  await self.skipWaiting();
}

async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

async function page(event) {
  const kept = await caches.match(ABOUT.form);
  const answer = fromNetwork(event);
  if (!kept) {
    return answer;
  }
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
  const isForm = new URL(event.request.url).pathname === "/contacts/new/";
  return Promise.race(isForm ? [answer, patience] : [answer]).catch(() => kept);
}

async function fromNetwork(event) {
  return (await event.preloadResponse) ?? fetch(event.request);
}

async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data === "keep form") {
    event.waitUntil(keepForm().catch(() => {}));
  }
});
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) {
    return;
  }
  if (event.request.mode === "navigate") {
    event.respondWith(page(event));
  } else if (ABOUT.files.includes(url.pathname)) {
    event.respondWith(file(event.request));
  }
});

// Answers where there is no network: with static files, the empty form of a contact, and whom to ring when worried. It
// keeps no other page. The view in front (visits.views.phone) says what release this is:
// ABOUT = {release, files, form, concern}.
"use strict";

const PREFIX = "peersupport-";
const CACHE = PREFIX + ABOUT.release;
// So long a page may take to come before the kept one is shown instead, milliseconds.
const PATIENCE = 8000;

/** Each by itself: not everybody who may be worried has contacts to write. */
async function keepPages() {
  await Promise.allSettled([keep(ABOUT.form), keep(ABOUT.concern)]);
}

async function keep(address) {
  const answer = await fetch(address, { redirect: "error", credentials: "same-origin", cache: "no-store" });
  if (answer.ok) {
    const cache = await caches.open(CACHE);
    await cache.put(address, answer);
  }
}

async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll(ABOUT.files);
  await keepPages(); // none when nobody is signed in: a page asks for them later
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
  const path = new URL(event.request.url).pathname;
  const isConcern = path.endsWith("/concern/"); // with a pupil in the address or without
  const isUrgent = isConcern || path === "/contacts/new/";
  const [form, concern] = await Promise.all([caches.match(ABOUT.form), caches.match(ABOUT.concern)]);
  const kept = isConcern ? (concern ?? form) : (form ?? concern);
  const answer = fromNetwork(event);
  if (!kept) {
    return answer;
  }
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
  return Promise.race(isUrgent ? [answer, patience] : [answer]).catch(() => kept);
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
  if (event.data === "keep pages") {
    event.waitUntil(keepPages());
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

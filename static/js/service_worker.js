// Shows the offline page where the network does not answer, and keeps what that page is made of.
// Nothing that somebody sees when signed in is ever kept: every other request passes untouched.
//
// VERSION, FILES and OFFLINE stand before this (training/front/views/offline.py).
const OURS = "chancery-";
const CACHE = OURS + VERSION;
const HASHED = /\.[0-9a-f]{12}\./;

async function install() {
  const cache = await caches.open(CACHE);
  // Without credentials: the page as a stranger gets it.
  await cache.addAll([OFFLINE, ...FILES].map((url) => new Request(url, { cache: "reload", credentials: "omit" })));
  await self.skipWaiting();
}

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function page(request) {
  try {
    return await fetch(request);
  } catch (unreachable) {
    return (await caches.match(OFFLINE)) ?? Promise.reject(unreachable);
  }
}

async function file(request) {
  const found = await caches.match(request);
  // A hashed file never changes. Where names are not hashed the network goes first.
  if (found && HASHED.test(request.url)) return found;
  return fetch(request).catch((unreachable) => found ?? Promise.reject(unreachable));
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { origin, pathname } = new URL(request.url);
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (origin === self.location.origin && FILES.includes(pathname)) event.respondWith(file(request));
});

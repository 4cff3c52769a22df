/**
 * Keeps what a display or kiosk needs to come up without a network (frontend.md, PWA): its page,
 * newest first, and the immutable files it loaded. Nothing of the API is ever kept here.
 */
const CACHE = "bancheng-screen-1";
const MOST = 80;
const PAGES = ["/display/", "/kiosk/"];

const isPage = (url) => PAGES.includes(url.pathname);
const isFile = (url) => url.pathname.startsWith("/static/app/assets/");

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
    await self.clients.claim();
  })());
});

/** The page tells what it loaded before this worker was there. */
self.addEventListener("message", (event) => {
  const urls = Array.isArray(event.data?.keep) ? event.data.keep : [];
  event.waitUntil(keepAll(urls.map((one) => new URL(one, self.location.origin))));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && isPage(url) && !url.search) event.respondWith(freshOrKept(event.request));
  else if (isFile(url)) event.respondWith(keptOrFresh(event.request));
});

async function keepAll(urls) {
  const cache = await caches.open(CACHE);
  const wanted = urls.filter((url) => url.origin === self.location.origin && (isPage(url) || isFile(url)));
  for (const url of wanted) {
    const known = isFile(url) && (await cache.match(url.href));
    if (!known) await cache.add(url.href).catch(() => undefined);
  }
  const keys = await cache.keys();
  for (const old of keys.slice(0, Math.max(0, keys.length - MOST))) await cache.delete(old);
}

async function freshOrKept(request) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request.url, answer.clone());
    return answer;
  } catch {
    return (await cache.match(request.url)) ?? Response.error();
  }
}

async function keptOrFresh(request) {
  const cache = await caches.open(CACHE);
  const known = await cache.match(request.url);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request.url, answer.clone());
  return answer;
}

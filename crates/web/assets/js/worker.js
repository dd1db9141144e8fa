// The desk without a line. Above this the program writes `PRINT`, by which a page is known from its successor, and `KEPT`: the
// address of the page, and of what it is dressed with. Nothing else is kept: no page of the desk, no story, no name.
const NAME = `midad-offline ${PRINT}`;
const [PAGE] = KEPT;

/** As anybody gets it: what is kept was not made for whoever is signed in. */
const forAnybody = (place) => new Request(place, { credentials: "omit", cache: place === PAGE ? "no-cache" : "default" });

async function kept(place) {
  const cache = await caches.open(NAME);
  return cache.match(place, { ignoreVary: true });
}

async function fill() {
  const cache = await caches.open(NAME);
  await cache.addAll(KEPT.map(forAnybody));
  await skipWaiting();
}

async function forgetOthers() {
  const others = (await caches.keys()).filter((name) => name.startsWith("midad-offline ") && name !== NAME);
  await Promise.all(others.map((name) => caches.delete(name)));
}

async function withoutLine(problem) {
  const page = await kept(PAGE);
  if (page) return page;
  throw problem;
}

addEventListener("install", (event) => event.waitUntil(fill()));
addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
addEventListener("fetch", (event) => {
  const { request } = event;
  // A form that does not get through stays with the browser, which offers to send it again.
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && request.destination === "document") {
    if (!/^\/desk(\/|$)/.test(new URL(request.url).pathname)) return;
    event.respondWith(fetch(request).catch(withoutLine));
    return;
  }
  const { origin, pathname } = new URL(request.url);
  if (origin === location.origin && pathname.startsWith("/assets/") && KEPT.includes(pathname)) {
    event.respondWith(kept(pathname).then((found) => found ?? fetch(request)));
  }
});

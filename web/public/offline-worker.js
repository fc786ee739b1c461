/*
 * Shows the stored page where the browser would show its own error. It answers nothing else and stores nothing: the
 * page is put into the cache by web/offline/store-page.tsx, which also removes this worker.
 */
const page = "/offline";

self.addEventListener("install", (event) => {
  self.skipWaiting();
  // Everything but a page goes past this worker, without waking it; browsers that cannot do that ask it in vain.
  const others = { not: { requestMode: "navigate" } };
  if ("addRoutes" in event) event.addRoutes({ condition: others, source: "network" }).catch(() => undefined);
});

self.addEventListener("activate", (event) => {
  // The page is asked for while the worker wakes up, so that it costs no time.
  const preload = self.registration.navigationPreload?.enable();
  event.waitUntil(Promise.all([preload, self.clients.claim()]));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate" && request.method === "GET") event.respondWith(pageOrKept(event));
});

async function pageOrKept({ request, preloadResponse }) {
  try {
    const answer = (await preloadResponse) ?? (await fetch(request));
    // What a proxy says while the server behind it is away.
    if (![502, 503, 504].includes(answer.status)) return answer;
    return (await kept()) ?? answer;
  } catch (error) {
    const answer = await kept();
    if (answer === undefined) throw error;
    return answer;
  }
}

async function kept() {
  const answer = await caches.match(page);
  if (answer === undefined) return undefined;
  const policy = answer.headers.get("content-security-policy") ?? "";
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": policy,
  };
  return new Response(answer.body, { status: 503, headers });
}

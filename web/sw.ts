// SPDX-License-Identifier: MIT
/* sw.ts - keeps the shell (page, scripts, styles, fonts) for a dead line, so that a kiosk that is
 * reloaded without a server still says so in its own words. Never touches the API.
 * The build fills in the two names below. */
declare const SHELL: string[];
declare const BUILD: string;

interface WorkerScope {
  addEventListener(type: 'install' | 'activate', f: (e: { waitUntil(p: Promise<unknown>): void }) => void): void;
  addEventListener(
    type: 'fetch',
    f: (e: { request: Request; respondWith(r: Promise<Response>): void }) => void,
  ): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}

const worker = self as unknown as WorkerScope;
const CACHE = `ff-${BUILD}`;
const PAGE = '/';

worker.addEventListener('install', (e) => {
  e.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll([PAGE, ...SHELL]))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener('activate', (e) => {
  const old = caches.keys().then((names) => names.filter((n) => n !== CACHE));
  e.waitUntil(old.then((names) => Promise.all(names.map((n) => caches.delete(n)))).then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (e) => {
  const url = new URL(e.request.url);
  if (e.request.method !== 'GET' || url.origin !== location.origin) return;
  if (e.request.mode === 'navigate') e.respondWith(networkFirst(e.request));
  else if (url.pathname.startsWith('/assets/')) e.respondWith(cacheFirst(e.request));
});

/** The server's page if it answers, else the kept one. */
async function networkFirst(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (e) {
    const kept = await caches.match(PAGE);
    if (kept) return kept;
    throw e;
  }
}

/** Names carry a hash: what is kept is right for ever. */
async function cacheFirst(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  return kept ?? fetch(request);
}

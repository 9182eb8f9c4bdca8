// SPDX-License-Identifier: MIT
/* worker.ts - registers the service worker that keeps the shell for a dead line. Trusted Types
 * want a policy for script addresses; this one lets a single literal through. */

interface Policies {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

const WORKER = '/sw.js';

function workerUrl(): string {
  const policies = (window as unknown as { trustedTypes?: Policies }).trustedTypes;
  if (!policies) return WORKER;
  const policy = policies.createPolicy('ff', {
    createScriptURL(url) {
      if (url !== WORKER) throw new TypeError('only the service worker');
      return url;
    },
  });
  return policy.createScriptURL(WORKER);
}

/** Absent on plain http from another machine: the page works without. */
export function registerWorker(): void {
  if (!('serviceWorker' in navigator)) return;
  window.addEventListener('load', () => {
    navigator.serviceWorker.register(workerUrl()).catch(() => undefined);
  });
}

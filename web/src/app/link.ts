// SPDX-License-Identifier: MIT
/* link.ts - is the server there? An answer says yes; a failed call says no and starts a probe of
 * /health/ready, which repeats with growing pauses until the server is ready. */
import { signal } from '@preact/signals';

export type Link = 'ok' | 'lost' | 'not_ready';
export const link = signal<Link>('ok');

const PAUSES_MS = [500, 1000, 2000, 3000, 5000];
let failures = 0;
let timer = 0;

export function linkSeen(): void {
  if (link.value !== 'ok') link.value = 'ok';
}

export function linkLost(): void {
  if (link.value !== 'lost') {
    link.value = 'lost';
    failures = 0;
  }
  schedule();
}

/** Watches for the server to become ready again; harmless when it is. */
export function watchReady(): void {
  link.value = 'not_ready';
  failures = Math.max(failures, 2);
  schedule();
}

function schedule(): void {
  if (timer) return;
  const pause = PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)] ?? 5000;
  timer = window.setTimeout(() => {
    timer = 0;
    if (link.value !== 'ok') void probe();
  }, pause);
}

async function probe(): Promise<void> {
  failures += 1;
  try {
    const response = await fetch('/health/ready', { cache: 'no-store' });
    if (response.ok) {
      failures = 0;
      link.value = 'ok';
      return;
    }
    link.value = 'not_ready';
  } catch {
    link.value = 'lost';
  }
  schedule();
}

if (typeof window !== 'undefined') {
  window.addEventListener('online', () => {
    if (link.value !== 'ok') void probe();
  });
  window.addEventListener('offline', linkLost);
}

// SPDX-License-Identifier: MIT
/* router.tsx - which page the address names. Links inside the app are taken over; a page's chunk is
 * loaded when it is first needed. */
import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';

export interface Page {
  load(): Promise<{ default: ComponentType }>;
  shown?: ComponentType;
}

export type Routes = Record<string, Page>;

export const path = signal(current());
/** Chunks that arrived; a change draws the page again. */
const arrived = signal(0);

function current(): string {
  return typeof location === 'undefined' ? '/' : location.pathname.replace(/(.)\/+$/, '$1');
}

export function go(to: string, replace = false): void {
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  path.value = current();
}

export function followLinks(): void {
  window.addEventListener('popstate', () => (path.value = current()));
  document.addEventListener('click', (e) => {
    const link = (e.target as Element).closest('a');
    const plain = e.button === 0 && !e.ctrlKey && !e.metaKey && !e.shiftKey && !e.altKey;
    if (!link || !plain || link.origin !== location.origin || link.target || e.defaultPrevented) return;
    e.preventDefault();
    go(link.pathname + link.search + link.hash);
  });
}

/** The page of the address; "*" is the page for every other address. */
export function Router({ routes, waiting: Waiting }: { routes: Routes; waiting: ComponentType }) {
  const page = routes[path.value] ?? routes['*'];
  if (!page) return null;
  if (arrived.value >= 0 && page.shown) return <page.shown key={path.value} />;
  page.load().then(
    (module) => {
      page.shown = module.default;
      arrived.value += 1;
    },
    () => setTimeout(() => (arrived.value += 1), 2000),
  );
  return <Waiting />;
}

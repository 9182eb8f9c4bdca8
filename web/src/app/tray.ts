// SPDX-License-Identifier: MIT
/* tray.ts - a tray with signals around the arithmetic of cart.ts. The Idempotency-Key is made when
 * the first product lands on an empty tray and lives until the tray is empty or paid. */
import { computed, signal } from '@preact/signals';
import { added, countOf, quantityOf, totalOf, withQuantity, withoutLast } from './cart';
import type { Line } from './cart';
import { newKey } from './key';
import type { Product } from '../api/types';

export function createTray() {
  const lines = signal<Line[]>([]);
  const count = computed(() => countOf(lines.value));
  const total = computed(() => totalOf(lines.value));
  /** What the person pays of these lines, once the server has said it (share.ts). */
  const own = signal<number | null>(null);
  const due = computed(() => own.value ?? total.value);
  /** The product touched last, for the live region. */
  const touched = signal<number | null>(null);
  let key = '';

  function set(next: Line[], productId: number | null): void {
    if (!lines.value.length && next.length) key = newKey();
    if (!next.length) key = '';
    own.value = null;
    lines.value = next;
    touched.value = productId;
  }

  return {
    lines,
    count,
    total,
    own,
    due,
    touched,
    key: () => key,
    add: (p: Product, n = 1) => set(added(lines.value, p, n), p.id),
    change: (id: number, by: number) =>
      set(withQuantity(lines.value, id, quantityOf(lines.value, id) + by), id),
    remove: (id: number) => set(withQuantity(lines.value, id, 0), id),
    removeLast: () => set(withoutLast(lines.value), null),
    replace: (next: Line[]) => set(next, null),
    clear: () => set([], null),
  };
}

export type Tray = ReturnType<typeof createTray>;

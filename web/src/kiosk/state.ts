// SPDX-License-Identifier: MIT
/* state.ts - everything the kiosk remembers, as signals. Who may change what: flow.ts the screens
 * and the person, buy.ts the purchase. */
import { signal } from '@preact/signals';
import type { Catalogue, Person, Purchase } from '../api/types';
import type { Told } from '../app/errors';
import { createOutbox } from '../app/outbox';
import type { Pending } from '../app/pay';
import { createTray } from '../app/tray';
import type { Lend, Undo } from '../app/undo';

export type Screen = 'boot' | 'pair' | 'link' | 'attract' | 'identify' | 'shop' | 'receipt' | 'account' | 'unsure' | 'down';

/** What stands over the shop and wants an answer. */
export type Sheet =
  | { kind: 'low'; missing: number; required: number; balance: number }
  | { kind: 'month'; limit: number; spent: number; required: number }
  | { kind: 'price'; expected: number; total: number }
  | { kind: 'gone'; productId: number; name: string; withdrawn: boolean }
  | { kind: 'switch'; badge: string }
  | { kind: 'nothing' }
  | { kind: 'error'; told: Told };

export const screen = signal<Screen>('boot');
export const person = signal<Person | null>(null);
export const catalogue = signal<Catalogue>({ categories: [], products: [] });
export const sheet = signal<Sheet | null>(null);
export const paying = signal(false);
export const tray = createTray();
export const outbox = createOutbox();

/** The purchase on the receipt, and its undo. */
export const receipt = signal<{ purchase: Purchase; undo: Undo; note: string } | null>(null);
/** Seconds until the receipt closes by itself. */
export const closing = signal(0);
/** The purchase nobody knows the outcome of. */
export const unsure = signal<Pending | null>(null);
/** Unsettled purchases of people who are not here now. */
export const waiting = signal<Pending[]>([]);
/** "Still there?": seconds left, or null. */
export const idleLeft = signal<number | null>(null);
/** What the down screen tells. */
export const trouble = signal<Told | null>(null);
/** Takes what the reader reads while a badge is being linked. */
export const linkScan = signal<((badge: string) => unknown) | null>(null);
/** The words on the identify screen when something did not match. */
export const refusal = signal('');

/** The person's token: opaque, in memory only. */
export const session = { token: null as string | null, idleSeconds: 60, badge: '' };
export const withPerson: Lend = (run) => run(session.token);
/** The tray of a person whose session ended; it comes back to the same person only. */
export const kept = { employeeId: 0 };

// SPDX-License-Identifier: MIT
/* state.ts - what the employee's page remembers. The cart outlives a lost session. */
import { signal } from '@preact/signals';
import type { Balance, Catalogue, Product, Purchase } from '../api/types';
import type { Told } from '../app/errors';
import { createOutbox } from '../app/outbox';
import { createTray } from '../app/tray';
import type { Undo } from '../app/undo';

export const catalogue = signal<Catalogue | null>(null);
export const balance = signal<Balance | null>(null);
export const past = signal<Purchase[]>([]);
export const cart = createTray();
export const outbox = createOutbox();

/** The product that was tapped and may be added. */
export const picked = signal<Product | null>(null);
/** The order is being checked before it is paid. */
export const checking = signal(false);
export const paying = signal(false);
/** Why the last attempt to pay was refused. */
export const refusal = signal<Told | null>(null);
/** A purchase whose outcome the server has not told yet. */
export const unsureTotal = signal<number | null>(null);
export const receipt = signal<{ purchase: Purchase; undo: Undo } | null>(null);
export const trouble = signal<Told | null>(null);

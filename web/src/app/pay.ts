// SPDX-License-Identifier: MIT
/* pay.ts - one purchase, from the press to a certain answer. The purchase is written down with its
 * key before it is sent. When no answer comes the outcome is `unsure`, and only the server can
 * say: settle() asks by key. Sending again with the same key can never charge twice. */
import { ApiError } from '../api/client';
import type { Purchase, PurchaseBody } from '../api/types';

/** A purchase whose outcome is not known yet. */
export interface Pending {
  key: string;
  employeeId: number;
  firstName: string;
  total: number;
  startedAt: number;
}

export interface PendingStore {
  put(entry: Pending): Promise<void>;
  drop(key: string): Promise<void>;
  all(): Promise<Pending[]>;
}

export interface PayPorts {
  send(key: string, body: PurchaseBody): Promise<Purchase>;
  find(key: string): Promise<Purchase>;
  pause(ms: number): Promise<void>;
  store: PendingStore;
}

export type Outcome =
  | { kind: 'booked'; purchase: Purchase }
  | { kind: 'refused'; error: ApiError }
  | { kind: 'unsure' };

export type Settled =
  | { kind: 'booked'; purchase: Purchase }
  | { kind: 'nothing' }
  | { kind: 'locked' }
  | { kind: 'unsure' };

const LATE_MS = 1500;

export async function pay(entry: Pending, body: PurchaseBody, ports: PayPorts): Promise<Outcome> {
  await ports.store.put(entry);
  try {
    const purchase = await ports.send(entry.key, body);
    await ports.store.drop(entry.key);
    return { kind: 'booked', purchase };
  } catch (e) {
    if (!(e instanceof ApiError) || !isDecided(e)) return { kind: 'unsure' };
    if (e.code === 'ERR_IDEMPOTENCY_KEY_REUSED') return earlierOne(entry, e, ports);
    await ports.store.drop(entry.key);
    return { kind: 'refused', error: e };
  }
}

/** The key was used after all by an earlier try with another tray: that one is the purchase. */
async function earlierOne(entry: Pending, error: ApiError, ports: PayPorts): Promise<Outcome> {
  const settled = await settle(entry, ports);
  if (settled.kind === 'booked') return settled;
  return settled.kind === 'unsure' ? settled : { kind: 'refused', error };
}

/** A refusal that says for certain: nothing was booked by this try. */
export function isDecided(e: ApiError): boolean {
  return e.status >= 400 && e.status < 500 && e.status !== 408;
}

/** Asks the server what became of an unsure purchase. A first "not found" is asked again a moment
 * later: the lost request itself may still have been on its way. */
export async function settle(entry: Pending, ports: PayPorts): Promise<Settled> {
  const first = await ask(entry, ports);
  if (first.kind !== 'nothing') return first;
  await ports.pause(LATE_MS);
  const second = await ask(entry, ports);
  if (second.kind === 'nothing') await ports.store.drop(entry.key);
  return second;
}

async function ask(entry: Pending, ports: PayPorts): Promise<Settled> {
  try {
    const purchase = await ports.find(entry.key);
    await ports.store.drop(entry.key);
    return { kind: 'booked', purchase };
  } catch (e) {
    if (!(e instanceof ApiError)) return { kind: 'unsure' };
    if (e.status === 404) return { kind: 'nothing' };
    return e.status === 401 || e.status === 403 ? { kind: 'locked' } : { kind: 'unsure' };
  }
}

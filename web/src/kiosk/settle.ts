// SPDX-License-Identifier: MIT
/* settle.ts - finding out what became of purchases nobody got an answer for. The kiosk never
 * guesses: only the server's answer by key ends the question. */
import { byKey, buy as send } from '../api/purchases';
import type { Person, Purchase } from '../api/types';
import { t } from '../app/i18n';
import { link } from '../app/link';
import { settle } from '../app/pay';
import type { PayPorts, Pending } from '../app/pay';
import { money } from '../app/site';
import { toast } from '../app/toast';
import { showReceipt } from './buy';
import { sessionLost } from './flow';
import * as s from './state';

export const ports: PayPorts = {
  send: (key, body) => send(s.session.token, key, body),
  find: (key) => byKey(s.session.token, key),
  pause: (ms) => new Promise((done) => setTimeout(done, ms)),
  store: s.outbox,
};

const NOTICE_MS = 3_600_000;
let asking = false;

/** Asks for the purchase on the "unsure" screen as long as it takes; called when the link is back. */
export async function settleUnsure(): Promise<void> {
  const entry = s.unsure.value;
  if (!entry || asking || link.value !== 'ok') return;
  asking = true;
  const settled = await settle(entry, ports);
  asking = false;
  if (s.unsure.value !== entry) return;
  if (settled.kind === 'booked') {
    showReceipt(settled.purchase, t('booked', { total: money(settled.purchase.total) }));
  } else if (settled.kind === 'nothing') {
    s.unsure.value = null;
    s.screen.value = 'shop';
    s.sheet.value = { kind: 'nothing' };
  } else if (settled.kind === 'locked') {
    s.unsure.value = null;
    sessionLost();
    s.refusal.value = t('unsureWho', { total: money(entry.total) });
  } else {
    setTimeout(() => void settleUnsure(), 2000);
  }
}

/** What this person left open at an earlier visit, told as they come back. */
export async function settleFor(person: Person): Promise<void> {
  const own = (await s.outbox.all()).filter((p) => p.employeeId === person.employeeId);
  for (const entry of own) await settleOld(entry);
  await lookWaiting();
}

/** Who should come back and look? An old question stays in the outbox but is asked no more. */
export async function lookWaiting(): Promise<void> {
  const since = Date.now() - NOTICE_MS;
  s.waiting.value = (await s.outbox.all()).filter((p) => p.startedAt > since);
}

async function settleOld(entry: Pending): Promise<void> {
  const settled = await settle(entry, ports);
  if (settled.kind === 'booked') bookedAfterAll(entry, settled.purchase);
  if (settled.kind === 'nothing') toast(t('nothingBookedOf', { total: money(entry.total) }));
}

/** The tray that waited for this person has been paid already: it must not be paid again. */
function bookedAfterAll(entry: Pending, purchase: Purchase): void {
  if (s.tray.key() === entry.key) {
    showReceipt(purchase, t('booked', { total: money(purchase.total) }));
  } else {
    toast(t('booked', { total: money(purchase.total) }));
  }
}

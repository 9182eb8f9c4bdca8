// SPDX-License-Identifier: MIT
/* buy.ts - Pay: one press, one purchase, and a clear word whatever the server says. */
import { effect } from '@preact/signals';
import type { ApiError } from '../api/client';
import type { Purchase } from '../api/types';
import { bodyOf, repriced } from '../app/cart';
import { tell } from '../app/errors';
import { link } from '../app/link';
import { pay as run } from '../app/pay';
import type { Pending } from '../app/pay';
import { createUndo } from '../app/undo';
import { RECEIPT_SECONDS } from './clockwork';
import { loadCatalogue, sessionLost, stayAlive } from './flow';
import { ports, settleUnsure } from './settle';
import * as s from './state';

/** Pays the tray. The button is dead from the first press until the answer is shown. */
export async function pay(): Promise<void> {
  const who = s.person.value;
  if (!who || s.paying.value || !s.tray.count.value || link.value !== 'ok') return;
  s.paying.value = true;
  s.sheet.value = null;
  const entry: Pending = {
    key: s.tray.key(),
    employeeId: who.employeeId,
    firstName: who.firstName,
    total: s.tray.due.value,
    startedAt: Date.now(),
  };
  const outcome = await run(entry, bodyOf(s.tray.lines.value), ports);
  if (s.person.value?.employeeId !== who.employeeId) return;
  s.paying.value = false;
  if (outcome.kind === 'booked') showReceipt(outcome.purchase, '');
  else if (outcome.kind === 'refused') refused(outcome.error);
  else {
    s.unsure.value = entry;
    s.screen.value = 'unsure';
    void settleUnsure();
  }
}

/** `note`: an extra line, for a purchase whose outcome was in doubt. */
export function showReceipt(purchase: Purchase, note: string): void {
  const undo = createUndo(purchase, s.withPerson, () => void stayAlive());
  s.tray.clear();
  s.unsure.value = null;
  s.sheet.value = null;
  s.receipt.value = { purchase, undo, note };
  s.closing.value = RECEIPT_SECONDS;
  s.screen.value = 'receipt';
}

function refused(e: ApiError): void {
  const p = e.problem.params;
  const n = (name: string) => (Number.isSafeInteger(p[name]) ? (p[name] as number) : 0);
  const product = { productId: n('productId'), name: String(p['product'] ?? '') };
  if (e.status === 401) return sessionLost();
  switch (e.code) {
    case 'ERR_INSUFFICIENT_BALANCE': {
      const missing = n('missing') || n('required') - n('balance');
      s.sheet.value = { kind: 'low', missing, required: n('required'), balance: n('balance') };
      return;
    }
    case 'ERR_MONTHLY_LIMIT':
      s.sheet.value = { kind: 'month', limit: n('limit'), spent: n('spent'), required: n('required') };
      return;
    case 'ERR_PRICE_CHANGED':
      void priceChanged(n('expected'));
      return;
    case 'ERR_OUT_OF_STOCK':
    case 'ERR_PRODUCT_INACTIVE':
      s.sheet.value = { kind: 'gone', withdrawn: e.code === 'ERR_PRODUCT_INACTIVE', ...product };
      loadCatalogue().catch(() => undefined);
      return;
    default:
      s.sheet.value = { kind: 'error', told: tell(e) };
  }
}

/** Takes the prices of now and asks again; paying the new total is the person's decision. */
async function priceChanged(expected: number): Promise<void> {
  await loadCatalogue().catch(() => undefined);
  s.tray.replace(repriced(s.tray.lines.value, s.catalogue.value.products));
  s.sheet.value = { kind: 'price', expected, total: s.tray.total.value };
}

/** Asks again for an unsure purchase whenever the link comes back. */
export function followLink(): void {
  effect(() => {
    if (link.value === 'ok') void settleUnsure();
  });
}

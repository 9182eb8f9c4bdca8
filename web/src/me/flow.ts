// SPDX-License-Identifier: MIT
/* flow.ts - the employee's page: loading, paying, and finding out what became of a payment. */
import { getCatalogue } from '../api/kiosk';
import { ApiError } from '../api/client';
import * as api from '../api/purchases';
import { getBalance } from '../api/wallet';
import type { Purchase } from '../api/types';
import { bodyOf, repriced } from '../app/cart';
import { tell } from '../app/errors';
import { t } from '../app/i18n';
import { link } from '../app/link';
import { followOwn } from '../app/own';
import { pay, settle } from '../app/pay';
import type { PayPorts, Pending } from '../app/pay';
import { user, withToken } from '../app/session';
import { money } from '../app/site';
import { toast } from '../app/toast';
import { createUndo } from '../app/undo';
import * as s from './state';

const SHOWN = 10;

const ports: PayPorts = {
  send: (key, body) => withToken((token) => api.buy(token, key, body)),
  find: (key) => withToken((token) => api.byKey(token, key)),
  pause: (ms) => new Promise((done) => setTimeout(done, ms)),
  store: s.outbox,
};

void followOwn(s.cart, withToken);

/** Everything the page shows; and what an earlier visit left open. */
export async function load(): Promise<void> {
  try {
    s.catalogue.value = await withToken(getCatalogue);
    await loadWallet();
    s.trouble.value = null;
    await settleOld();
  } catch (e) {
    if (!s.catalogue.value) s.trouble.value = tell(e);
  }
}

export async function loadWallet(): Promise<void> {
  const id = user.value?.employeeId;
  if (!id) return;
  const [balance, past] = await Promise.all([
    withToken((token) => getBalance(token, id)),
    withToken((token) => api.listOf(token, id, SHOWN)),
  ]);
  s.balance.value = balance;
  s.past.value = past.data;
}

/** Pays the cart once; what is refused is told in the dialog and the cart stays. */
export async function confirm(): Promise<void> {
  const who = user.value;
  if (!who?.employeeId || s.paying.value || !s.cart.count.value) return;
  s.paying.value = true;
  s.refusal.value = null;
  const entry: Pending = {
    key: s.cart.key(),
    employeeId: who.employeeId,
    firstName: who.name,
    total: s.cart.due.value,
    startedAt: Date.now(),
  };
  const outcome = await pay(entry, bodyOf(s.cart.lines.value), ports);
  if (outcome.kind === 'booked') show(outcome.purchase);
  else if (outcome.kind === 'refused') await refused(outcome.error);
  else await findOut(entry);
  s.paying.value = false;
}

function show(purchase: Purchase): void {
  const undo = createUndo(purchase, withToken, () => void loadWallet());
  s.cart.clear();
  s.checking.value = false;
  s.unsureTotal.value = null;
  s.receipt.value = { purchase, undo };
  loadWallet().catch(() => undefined);
}

async function refused(e: ApiError): Promise<void> {
  s.refusal.value = tell(e);
  const p = e.problem.params;
  const missing = Number(p['missing'] ?? Number(p['required']) - Number(p['balance']));
  if (e.code === 'ERR_INSUFFICIENT_BALANCE' && Number.isSafeInteger(missing)) {
    s.refusal.value.text += ` ${t('lowText', { missing: money(missing) })}`;
  }
  if (['ERR_PRICE_CHANGED', 'ERR_OUT_OF_STOCK', 'ERR_PRODUCT_INACTIVE'].includes(e.code)) {
    s.catalogue.value = await withToken(getCatalogue).catch(() => s.catalogue.value);
    s.cart.replace(repriced(s.cart.lines.value, s.catalogue.value?.products ?? []));
  }
}

/** No answer came: wait for the line and ask by key until the server has said which. */
async function findOut(entry: Pending): Promise<void> {
  s.unsureTotal.value = entry.total;
  for (;;) {
    if (link.value === 'ok') {
      const settled = await settle(entry, ports);
      if (settled.kind === 'booked') return show(settled.purchase);
      if (settled.kind !== 'unsure') break;
    }
    await ports.pause(1000);
  }
  s.unsureTotal.value = null;
  s.refusal.value = { text: `${t('nothingBooked')} ${t('nothingBookedText')}`, requestId: '' };
}

async function settleOld(): Promise<void> {
  const id = user.value?.employeeId;
  for (const entry of (await s.outbox.all()).filter((p) => p.employeeId === id)) {
    const settled = await settle(entry, ports);
    const total = money(entry.total);
    if (settled.kind === 'booked') toast(t('booked', { total }));
    if (settled.kind === 'nothing') toast(t('nothingBookedOf', { total }));
  }
}

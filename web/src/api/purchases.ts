// SPDX-License-Identifier: MIT
/* purchases.ts - buying and taking back; `token` is a person's or a user's. */
import { call } from './client';
import type { List, Purchase, PurchaseBody, Undone } from './types';

export const buy = (token: string | null, key: string, body: PurchaseBody) =>
  call<Purchase>('POST', '/purchases', { token, key, body });
export const byKey = (token: string | null, key: string) =>
  call<Purchase>('GET', `/purchases/by-key/${encodeURIComponent(key)}`, { token });
export const getPurchase = (token: string | null, id: number) =>
  call<Purchase>('GET', `/purchases/${id}`, { token });
export const undo = (token: string | null, key: string, id: number) =>
  call<Undone>('POST', `/purchases/${id}/undo`, { token, key, body: {} });
export const listOf = (token: string | null, employeeId: number, limit: number) =>
  call<List<Purchase>>('GET', `/purchases?employeeId=${employeeId}&limit=${limit}`, { token });

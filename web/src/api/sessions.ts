// SPDX-License-Identifier: MIT
/* sessions.ts - where the account is signed in, and what the password proves again. */
import { call } from './client';
import type { List } from './types';

export interface Session {
  id: number;
  current: boolean;
  /** Browser and system; empty: unknown. */
  label: string;
  address: string;
  createdAt: string;
  lastUsedAt: string;
}

export const listSessions = (token: string) => call<List<Session>>('GET', '/auth/sessions?limit=100', { token });
export const endSession = (token: string, id: number) => call<void>('DELETE', `/auth/sessions/${id}`, { token });
export const endOthers = (token: string) =>
  call<{ ended: number }>('POST', '/auth/logout-all', { token, body: { keepCurrent: true } });
export const stepUp = (token: string, password: string) =>
  call<{ expiresIn: number }>('POST', '/auth/step-up', { token, body: { password } });

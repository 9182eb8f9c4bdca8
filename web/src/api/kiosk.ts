// SPDX-License-Identifier: MIT
/* kiosk.ts - calls of a paired kiosk (cookie) and of the person identified at it (token). */
import { call } from './client';
import type { Catalogue, Device, Identified, KioskName, List, Person } from './types';

export type Credentials = { badge: string } | { number: string; pin: string } | { employeeId: number; pin: string };

export const pair = (code: string) => call<Device>('POST', '/kiosk/pair', { body: { code } });
export const getCatalogue = (token?: string | null) =>
  call<Catalogue>('GET', '/kiosk/catalogue', { token: token ?? null });
export const getPeople = (page: number) =>
  call<List<KioskName>>('GET', `/kiosk/people?limit=100&page=${page}`);
export const identify = (who: Credentials) =>
  call<Identified>('POST', '/kiosk/identify', { body: who });
export const getMe = (token: string) => call<Person>('GET', '/kiosk/me', { token });
export const leave = (token: string) => call<void>('POST', '/kiosk/leave', { token });

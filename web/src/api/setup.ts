// SPDX-License-Identifier: MIT
/* setup.ts - calls of the screens that are met once: a kiosk that waits to be paired, a badge that
 * is linked. */
import { call } from './client';

export interface PairRequest {
  code: string;
  secret: string;
  expiresIn: number;
  pollSeconds: number;
}
export const requestPairing = () => call<PairRequest>('POST', '/kiosk/pair-requests');
export const claimPairing = (secret: string) =>
  call<{ state: 'waiting' | 'paired' | 'expired' }>('POST', '/kiosk/pair-requests/claim', { body: { secret } });
export const linkBadge = (code: string, badge: string) =>
  call<{ name: string }>('POST', '/kiosk/badges', { body: { code, badge } });

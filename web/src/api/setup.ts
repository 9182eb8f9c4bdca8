// SPDX-License-Identifier: MIT
/* setup.ts - calls of the screens that are met once: a kiosk that waits to be paired, a badge that
 * is linked, an invitation that is accepted. */
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

export interface Invited {
  name: string;
  email: string | null;
  pinDigits: number;
}
export interface Acceptance {
  code: string;
  password: string;
  email: string;
  pin: string | null;
}
export const lookAtInvitation = (code: string) => call<Invited>('POST', '/auth/invitation', { body: { code } });
export const acceptInvitation = (body: Acceptance) => call<{ email: string }>('POST', '/auth/accept', { body });

// SPDX-License-Identifier: MIT
/* auth.ts - sign-in of a person with a user account. The refresh token lives in a cookie that
 * script cannot read. */
import { call } from './client';
import type { SignedIn } from './types';

export const login = (email: string, password: string) =>
  call<SignedIn>('POST', '/auth/login', { body: { email, password } });
export const refresh = () => call<SignedIn>('POST', '/auth/refresh', { body: {} });
export const logout = () => call<void>('POST', '/auth/logout', { body: {} });

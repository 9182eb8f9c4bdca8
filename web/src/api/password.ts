// SPDX-License-Identifier: MIT
/* password.ts - new passwords: the own one, a forgotten one. */
import { call } from './client';
import type { SignedIn } from './types';

export const loginByCode = (email: string, code: string) => call<SignedIn>('POST', '/auth/login', { body: { email, code } });
export const forgotPassword = (email: string) => call<void>('POST', '/auth/forgot-password', { body: { email } });
export const resetPassword = (token: string, password: string) =>
  call<void>('POST', '/auth/reset-password', { body: { token, password } });
export const changePassword = (token: string, currentPassword: string, newPassword: string) =>
  call<SignedIn>('PUT', '/auth/password', { token, body: { currentPassword, newPassword } });

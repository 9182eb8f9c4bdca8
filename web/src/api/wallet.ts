// SPDX-License-Identifier: MIT
/* wallet.ts - what a person may still spend. */
import { call } from './client';
import type { Balance } from './types';

export const getBalance = (token: string | null, employeeId: number) =>
  call<Balance>('GET', `/employees/${employeeId}/balance`, { token });

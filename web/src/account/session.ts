// SPDX-License-Identifier: MIT
/* session.ts - the two other ways into a session: a one-time code, and a changed password. */
import * as api from '../api/password';
import { take, withToken } from '../app/session';

export async function signInByCode(email: string, code: string): Promise<void> {
  take(await api.loginByCode(email, code));
}

/** All other sessions end; this one goes on with new tokens. */
export async function changePassword(current: string, fresh: string): Promise<void> {
  take(await withToken((token) => api.changePassword(token, current, fresh)));
}

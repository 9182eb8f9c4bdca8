// SPDX-License-Identifier: MIT
/* session.ts - a signed-in user. The access token lives in this variable and nowhere else; the
 * refresh token is a cookie script cannot read. A call that is refused for its token is tried once
 * more after one silent refresh, shared by all calls that need it at the same time. */
import { signal } from '@preact/signals';
import { ApiError } from '../api/client';
import * as api from '../api/auth';
import type { SignedIn, User } from '../api/types';

/** Says only "somebody signed in here", so that a stranger's first visit asks for no token. */
const HINT = 'ff.signedIn';

export const user = signal<User | null>(null);
/** The session ended under an open page: ask for the password over it. */
export const ended = signal(false);
let accessToken: string | null = null;
let refreshing: Promise<boolean> | null = null;

function take(s: SignedIn): void {
  accessToken = s.accessToken;
  user.value = s.user;
  ended.value = false;
  localStorage.setItem(HINT, '1');
}

export async function signIn(email: string, password: string): Promise<void> {
  take(await api.login(email, password));
}

export async function signOut(): Promise<void> {
  await api.logout().catch(() => undefined);
  accessToken = null;
  user.value = null;
  localStorage.removeItem(HINT);
}

/** True when the cookie of an earlier visit gave a new session. */
export async function resume(): Promise<boolean> {
  if (user.value) return true;
  return localStorage.getItem(HINT) === '1' && refreshOnce();
}

function refreshOnce(): Promise<boolean> {
  refreshing ??= api
    .refresh()
    .then(take)
    .then(() => true)
    .catch((e: unknown) => {
      // Too busy or too often (429, 503) says nothing about the session.
      if (e instanceof ApiError && e.status <= 403) localStorage.removeItem(HINT);
      return false;
    })
    .finally(() => (refreshing = null));
  return refreshing;
}

/** Runs a call with the token; on 401 refreshes once and runs it again. */
export async function withToken<T>(run: (token: string) => Promise<T>): Promise<T> {
  try {
    return await run(accessToken ?? '');
  } catch (e) {
    if (!(e instanceof ApiError) || e.status !== 401) throw e;
    if (await refreshOnce()) return run(accessToken ?? '');
    ended.value = true;
    throw e;
  }
}

// SPDX-License-Identifier: MIT
/* session.ts - a signed-in user. The access token lives in this variable and nowhere else; the
 * refresh token is a cookie script cannot read. A call that is refused for its token is tried once
 * more after one silent refresh, shared by all calls that need it at the same time, and one that
 * wants the password again once more after that was asked for.
 *
 * All tabs share the cookie, so they take turns: the next one sends what the last one was given. A
 * refresh whose answer was lost is sent again at once: the server answers it the same. */
import { signal } from '@preact/signals';
import { ApiError, NetError } from '../api/client';
import * as api from '../api/auth';
import type { SignedIn, User } from '../api/types';
import { confirmPassword } from './stepup';

/** Says only "somebody signed in here", so that a stranger's first visit asks for no token. */
const HINT = 'ff.signedIn';

export const user = signal<User | null>(null);
/** The session ended under an open page: ask for the password over it. */
export const ended = signal(false);
let accessToken: string | null = null;
let refreshing: Promise<boolean> | null = null;

export function take(s: SignedIn): void {
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
  return localStorage.getItem(HINT) === '1' && refreshOnce().catch(() => false);
}

/** One tab at a time, where the browser can (a page over plain HTTP on a network cannot: then the
 * server's patience with a spent token has to do). */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks ? await navigator.locks.request('ff.refresh', work) : work();
}

const isLost = (e: unknown): boolean => e instanceof NetError;

function refreshOnce(): Promise<boolean> {
  refreshing ??= inTurn(() => api.refresh().catch((e: unknown) => (isLost(e) ? api.refresh() : Promise.reject(e))))
    .then(take)
    .then(() => true)
    .catch((e: unknown) => {
      // No answer, too busy or too often (429, 503): nobody said that the session is over.
      if (!(e instanceof ApiError) || e.status > 403) throw e;
      localStorage.removeItem(HINT);
      return false;
    })
    .finally(() => (refreshing = null));
  return refreshing;
}

/** True when the token is the reason, and a new one may help. A wrong password is 401 too. */
function isStale(e: unknown): boolean {
  return e instanceof ApiError && e.status === 401 && e.problem.retry === 'login';
}

async function refreshed<T>(run: (token: string) => Promise<T>): Promise<T> {
  try {
    return await run(accessToken ?? '');
  } catch (e) {
    if (!isStale(e)) throw e;
    if (await refreshOnce()) return run(accessToken ?? '');
    ended.value = true;
    throw e;
  }
}

/** Runs a call with the token; on 401 refreshes once and runs it again, and once more when the
 * person confirmed with their password. */
export async function withToken<T>(run: (token: string) => Promise<T>): Promise<T> {
  try {
    return await refreshed(run);
  } catch (e) {
    const mayConfirm = e instanceof ApiError && e.code === 'ERR_STEP_UP_REQUIRED';
    if (!mayConfirm || !(await confirmPassword())) throw e;
    return refreshed(run);
  }
}

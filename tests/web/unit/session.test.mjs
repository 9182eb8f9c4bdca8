// SPDX-License-Identifier: MIT
/* session.test.mjs - the token that is renewed behind the page's back, and the password that is asked
 * for again; with a server whose answers are given in advance. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

const store = new Map();
globalThis.localStorage = {
  getItem: (k) => store.get(k) ?? null,
  setItem: (k, v) => store.set(k, v),
  removeItem: (k) => store.delete(k),
};

const browser = (value) => Object.defineProperty(globalThis, 'navigator', { configurable: true, value });
browser({});
globalThis.window = { setTimeout: () => 0, addEventListener() {} }; // the probe of a lost link is another test's

const { ApiError, NetError, call } = await import('../../../web/src/api/client');
const session = await import('../../../web/src/app/session');
const { asked } = await import('../../../web/src/app/stepup');

let asking = [];
let answers = {};
const ok = (body) => ({ ok: true, status: 200, headers: new Headers(), json: async () => body });
const no = (status, code, retry = 'no') => ({ ok: false, status, headers: new Headers(), json: async () => ({ code, retry }) });
const lost = () => { throw new TypeError('network'); };
const tokens = (accessToken) => ok({ accessToken, refreshToken: null, expiresIn: 900, user: { id: 1, email: 'anna@example.com' } });

globalThis.fetch = async (url, init) => {
  const path = url.replace('/api/v1', '');
  asking.push({ path, token: init.headers.Authorization ?? '', type: init.headers['Content-Type'] ?? '', mark: init.headers['X-FF-Request'] });
  assert.ok(answers[path]?.length, `${path} was asked too often`);
  const answer = answers[path].shift();
  return typeof answer === 'function' ? answer() : answer;
};

const me = () => session.withToken((token) => call('GET', '/auth/me', { token }));
const paths = () => asking.map((a) => a.path);
const STALE = () => no(401, 'ERR_TOKEN_EXPIRED', 'login');

beforeEach(async () => {
  answers = { '/auth/login': [tokens('a0')] };
  session.ended.value = false;
  await session.signIn('anna@example.com', 'Lunch2026');
  asking = [];
  answers = {};
});

test('a stale token is renewed once and the call is made again', async () => {
  answers = { '/auth/me': [STALE(), ok({ id: 1 })], '/auth/refresh': [tokens('a1')] };
  assert.deepEqual(await me(), { id: 1 });
  assert.deepEqual(asking.map((a) => a.token), ['Bearer a0', '', 'Bearer a1']);
  assert.equal(asking[1].type, 'application/json');
  assert.equal(asking[1].mark, '1');
});

test('calls that find it stale at the same time share one renewal', async () => {
  answers = { '/auth/me': [STALE(), STALE(), STALE(), ok(1), ok(2), ok(3)], '/auth/refresh': [tokens('a1')] };
  await Promise.all([me(), me(), me()]);
  assert.equal(paths().filter((p) => p === '/auth/refresh').length, 1);
});

test('a renewal whose answer was lost is sent again, and nobody is signed out', async () => {
  answers = { '/auth/me': [STALE(), ok({ id: 1 })], '/auth/refresh': [lost, tokens('a1')] };
  assert.deepEqual(await me(), { id: 1 });
  answers = { '/auth/me': [STALE()], '/auth/refresh': [lost, lost] };
  await assert.rejects(me(), NetError);
  assert.equal(session.ended.value, false);
  assert.equal(store.get('ff.signedIn'), '1');
});

test('a session that has ended is said so, once', async () => {
  answers = { '/auth/me': [STALE()], '/auth/refresh': [no(401, 'ERR_REFRESH_REUSED', 'login')] };
  await assert.rejects(me(), ApiError);
  assert.equal(session.ended.value, true);
  assert.equal(store.has('ff.signedIn'), false);
});

test('a wrong password is no stale token', async () => {
  answers = { '/auth/me': [no(401, 'ERR_INVALID_CREDENTIALS')] };
  await assert.rejects(me(), (e) => e.code === 'ERR_INVALID_CREDENTIALS');
  assert.deepEqual(paths(), ['/auth/me']);
  assert.equal(session.ended.value, false);
});

test('tabs take turns where the browser lets them', async () => {
  const turns = [];
  browser({ locks: { async request(name, work) { turns.push(name); return work(); } } });
  answers = { '/auth/me': [STALE(), ok({ id: 1 })], '/auth/refresh': [tokens('a1')] };
  await me();
  assert.deepEqual(turns, ['ff.refresh']);
  browser({});
});

test('what wants the password again waits for it and is made again', async () => {
  answers = { '/auth/me': [no(403, 'ERR_STEP_UP_REQUIRED', 'login'), no(403, 'ERR_STEP_UP_REQUIRED', 'login'), ok(1), ok(2)] };
  const both = [me(), me()];
  while (paths().length < 2 || !asked.value) await new Promise((done) => setImmediate(done));
  asked.value(true);
  assert.deepEqual(await Promise.all(both), [1, 2]);
  assert.equal(asked.value, null);
});

test('who would rather not gets the refusal', async () => {
  answers = { '/auth/me': [no(403, 'ERR_STEP_UP_REQUIRED', 'login')] };
  const one = me();
  while (!asked.value) await new Promise((done) => setImmediate(done));
  asked.value(false);
  await assert.rejects(one, (e) => e.code === 'ERR_STEP_UP_REQUIRED');
  assert.equal(session.ended.value, false);
});

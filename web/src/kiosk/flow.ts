// SPDX-License-Identifier: MIT
/* flow.ts - from screen to screen: starting, pairing, identifying, leaving. */
import { batch } from '@preact/signals';
import { ApiError, NetError, onDeviceLost } from '../api/client';
import * as api from '../api/kiosk';
import type { Credentials } from '../api/kiosk';
import type { Identified } from '../api/types';
import { tell } from '../app/errors';
import { applyLocale, t } from '../app/i18n';
import { link, watchReady } from '../app/link';
import { resetLook } from '../app/look';
import { loadSite, site, updateWaiting } from '../app/site';
import { toast } from '../app/toast';
import { closePrefs } from '../ui/Prefs';
import { idle } from './clockwork';
import { lookWaiting, settleFor } from './settle';
import * as s from './state';

/** Loads the site and the catalogue; an unpaired kiosk is asked for its code. */
export async function start(): Promise<void> {
  try {
    await loadSite(false);
    await pairFromAddress();
    await loadCatalogue();
    await lookWaiting();
    s.screen.value = 'attract';
  } catch (e) {
    if (isUnpaired(e)) s.screen.value = 'pair';
    else outOfService(e);
  }
}

/** A refusal of the device, not of a person. */
function isUnpaired(e: unknown): boolean {
  return e instanceof ApiError && (e.status === 401 || e.status === 403);
}

function outOfService(e: unknown): void {
  s.trouble.value = tell(e);
  s.screen.value = 'down';
  if (!(e instanceof NetError)) watchReady();
}

/** The link `/kiosk#pair=CODE` pairs by itself; the code leaves the address bar at once. A used
 * code is no error here: the kiosk may be paired by its cookie already. */
async function pairFromAddress(): Promise<void> {
  const code = new URLSearchParams(location.hash.slice(1)).get('pair');
  if (!code) return;
  history.replaceState(null, '', location.pathname + location.search);
  try {
    await api.pair(code);
  } catch (e) {
    if (!(e instanceof ApiError)) throw e;
  }
}

/** Throws what the server said when the code does not fit. */
export async function pairBy(code: string): Promise<void> {
  await api.pair(code.trim());
  await start();
}

export async function loadCatalogue(): Promise<void> {
  s.catalogue.value = await api.getCatalogue(s.session.token);
}

/** While nobody is here: fresh catalogue and settings, and a new build when there is one. */
export async function refreshQuietly(): Promise<void> {
  if (s.screen.value !== 'attract' || link.value !== 'ok') return;
  try {
    await loadSite(false);
    if (updateWaiting.value) location.reload();
    await loadCatalogue();
  } catch (e) {
    if (s.screen.value !== 'attract') return;
    if (isUnpaired(e)) s.screen.value = 'pair';
    else if (e instanceof ApiError) outOfService(e);
  }
}

export function begin(): void {
  s.refusal.value = '';
  s.screen.value = 'identify';
  idle.start();
}

/** Identifies; a refusal is shown where the person stands. True when it worked. */
export async function identify(who: Credentials): Promise<boolean> {
  s.refusal.value = '';
  try {
    await enter(await api.identify(who), 'badge' in who ? who.badge : '');
    return true;
  } catch (e) {
    if (!(e instanceof ApiError) || e.code !== 'ERR_DEVICE_UNKNOWN') refuse(e, 'badge' in who ? who.badge : '');
    return false;
  }
}

function refuse(e: unknown, badge: string): void {
  const unknown = e instanceof ApiError && e.code === 'ERR_BADGE_UNKNOWN';
  const text = unknown ? t('unknownBadge', { tail: badge.slice(-4) }) : tell(e).text;
  if (s.screen.value === 'identify') s.refusal.value = text;
  else toast(text);
}

async function enter(found: Identified, badge: string): Promise<void> {
  const { person, token, idleSeconds } = found;
  const own = [s.kept.employeeId, s.person.value?.employeeId];
  if (!own.includes(person.employeeId)) s.tray.clear();
  s.kept.employeeId = 0;
  s.session.token = token;
  s.session.badge = badge;
  s.session.idleSeconds = idleSeconds || site.value?.idleSeconds || 60;
  if (person.locale) await applyLocale(person.locale);
  batch(() => {
    s.person.value = person;
    s.receipt.value = null;
    s.sheet.value = null;
    s.screen.value = 'shop';
  });
  idle.start();
  loadCatalogue().catch(() => undefined);
  void settleFor(person);
}

/** Keeps the session alive while the person is choosing, and the balance fresh. */
export async function stayAlive(): Promise<void> {
  const token = s.session.token;
  if (!token || s.paying.value || link.value !== 'ok') return;
  try {
    const fresh = await api.getMe(token);
    if (s.session.token === token) s.person.value = fresh;
  } catch (e) {
    if (e instanceof ApiError && e.status === 401 && s.session.token === token) sessionLost();
  }
}

/** The kiosk was revoked: whoever stood here is gone, and it asks to be paired. */
onDeviceLost.tell = (): void => {
  if (s.screen.value === 'pair' || s.screen.value === 'boot') return;
  idle.stop();
  s.session.token = null;
  forgetPerson();
  s.kept.employeeId = 0;
  s.tray.clear();
  s.screen.value = 'pair';
};

/** The server forgot the person (idle there, or restarted): who are you? The tray waits. */
export function sessionLost(): void {
  const was = s.person.value;
  if (s.screen.value === 'pair') return;
  if (s.screen.value === 'receipt') return leave();
  forgetPerson();
  s.kept.employeeId = was?.employeeId ?? 0;
  s.screen.value = 'identify';
  s.refusal.value = t('sessionEnded');
  idle.start();
}

function forgetPerson(): void {
  const token = s.session.token;
  s.session.token = null;
  s.session.badge = '';
  batch(() => {
    s.person.value = null;
    s.receipt.value = null;
    s.sheet.value = null;
    s.unsure.value = null;
    s.paying.value = false;
  });
  if (token) api.leave(token).catch(() => undefined);
}

/** Back to the attract screen; nothing of the person stays behind. */
export function leave(): void {
  idle.stop();
  forgetPerson();
  s.kept.employeeId = 0;
  s.tray.clear();
  s.refusal.value = '';
  closePrefs();
  resetLook();
  s.screen.value = 'attract';
  void applyLocale(site.value?.locale ?? 'en');
  void lookWaiting();
  void refreshQuietly();
}

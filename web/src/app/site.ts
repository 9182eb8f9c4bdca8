// SPDX-License-Identifier: MIT
/* site.ts - the canteen's own settings from /public, and the text helpers that need them. */
import { computed, signal } from '@preact/signals';
import { getSite } from '../api/system';
import type { Site } from '../api/types';
import { applyLocale, ownLocale, locale } from './i18n';
import { formatMoney } from './money';

export const site = signal<Site | null>(null);
let firstBuild = '';

/** Reads /public. A kiosk speaks the site's language, a person's own screen that person's. */
export async function loadSite(personal: boolean): Promise<Site> {
  const fresh = await getSite();
  firstBuild ||= fresh.buildId;
  site.value = fresh;
  await applyLocale((personal && ownLocale()) || fresh.locale);
  return fresh;
}

/** The server runs another build than the one this page came from. */
export const updateWaiting = computed(() => !!site.value && site.value.buildId !== firstBuild);

export function money(minor: number): string {
  const s = site.value;
  return formatMoney(minor, s?.currency ?? 'EUR', s?.decimals ?? 2, locale.value);
}

export function clock(at: Date): string {
  return dateText(at, { hour: '2-digit', minute: '2-digit' });
}

export function dayAndTime(instant: string): string {
  return dateText(new Date(instant), {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}

function dateText(at: Date, opts: Intl.DateTimeFormatOptions): string {
  const timeZone = site.value?.timeZone ?? 'UTC';
  return new Intl.DateTimeFormat(locale.value, { ...opts, timeZone, hourCycle: 'h23' }).format(at);
}

// SPDX-License-Identifier: MIT
/* i18n.ts - t(key, args): one string of the chosen language. English is in the bundle, the
 * others are chunks. A key of the English catalogue that another one lacks does not compile. */
import { signal } from '@preact/signals';
import { en } from '../../i18n/en';
import type { Messages, Plural } from '../../i18n/en';
import type { Locale } from '../api/types';

export type Key = { [K in keyof Messages]: Messages[K] extends string | Plural ? K : never }[keyof Messages];
export type Args = Record<string, string | number>;

export const LOCALES: { id: Locale; name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'hu', name: 'Magyar' },
  { id: 'de', name: 'Deutsch' },
];

const CHOICE = 'ff.locale';
export const locale = signal<Locale>('en');
const messages = signal<Messages>(en);

const loaders: Record<Locale, () => Promise<Messages>> = {
  en: async () => en,
  hu: async () => (await import('../../i18n/hu')).hu,
  de: async () => (await import('../../i18n/de')).de,
};

/* Words for what a buyer never meets, per language, fetched when one of them is asked for. */
const office = signal<Partial<Record<Locale, Record<string, string>>>>({});
const offices: Record<Locale, () => Promise<Record<string, string>>> = {
  en: async () => (await import('../../i18n/office/en')).office,
  hu: async () => (await import('../../i18n/office/hu')).office,
  de: async () => (await import('../../i18n/office/de')).office,
};

async function fetchOffice(lang: Locale): Promise<void> {
  const words = await offices[lang]().catch(() => null);
  if (words) office.value = { ...office.value, [lang]: words };
}

export function t(key: Key, args: Args = {}): string {
  return render(messages.value[key], args, locale.value);
}

/** The words for an error code; unknown codes get the general sentence, rare ones until they are here. */
export function tError(code: string, args: Args): string {
  const lang = locale.value;
  const errors: Record<string, string> = messages.value.errors;
  const words = errors[code] ?? office.value[lang]?.[code];
  if (!words && !office.value[lang]) void fetchOffice(lang);
  return render(words ?? messages.value.errors.ERR_INTERNAL, args, lang);
}

/** Picks the plural form by `n` and fills in the {names}. */
export function render(entry: string | Plural, args: Args, lang: string): string {
  const text = typeof entry === 'string' ? entry : pluralForm(entry, Number(args['n']), lang);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(args[name] ?? whole));
}

function pluralForm(entry: Plural, n: number, lang: string): string {
  return new Intl.PluralRules(lang).select(n) === 'one' ? entry.one : entry.other;
}

export async function applyLocale(next: Locale): Promise<void> {
  const loaded = await (loaders[next] ?? loaders.en)().catch(() => null);
  if (!loaded) return;
  messages.value = loaded;
  locale.value = next;
  document.documentElement.lang = next;
}

/** What was chosen on this device, else what the browser asks for; null follows the site. */
export function ownLocale(): Locale | null {
  const wanted = [localStorage.getItem(CHOICE) ?? '', ...navigator.languages];
  for (const one of wanted) {
    const found = LOCALES.find((l) => l.id === one.slice(0, 2));
    if (found) return found.id;
  }
  return null;
}

export function chooseLocale(next: Locale, keep: boolean): Promise<void> {
  if (keep) localStorage.setItem(CHOICE, next);
  return applyLocale(next);
}

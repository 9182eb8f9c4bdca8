// SPDX-License-Identifier: MIT
/* setup.ts - words of the screens that are met once; kept out of the kiosk's first load. */
import { effect, signal } from '@preact/signals';
import { setup as en } from '../../i18n/setup/en';
import type { Setup } from '../../i18n/setup/en';
import type { Locale } from '../api/types';
import { locale, render } from './i18n';
import type { Args } from './i18n';

const loaders: Record<Locale, () => Promise<Setup>> = {
  en: async () => en,
  hu: async () => (await import('../../i18n/setup/hu')).setup,
  de: async () => (await import('../../i18n/setup/de')).setup,
};

const words = signal<Setup>(en);

effect(() => {
  const wanted = locale.value;
  loaders[wanted]().then(
    (loaded) => locale.value === wanted && (words.value = loaded),
    () => undefined,
  );
});

export function ts(key: keyof Setup, args: Args = {}): string {
  return render(words.value[key], args, locale.value);
}

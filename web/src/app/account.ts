// SPDX-License-Identifier: MIT
/* account.ts - words of the dialogs about a person's own account; kept out of the first load. */
import { effect, signal } from '@preact/signals';
import { account as en } from '../../i18n/account/en';
import type { Account } from '../../i18n/account/en';
import type { Locale } from '../api/types';
import { locale, render } from './i18n';
import type { Args } from './i18n';

const loaders: Record<Locale, () => Promise<Account>> = {
  en: async () => en,
  hu: async () => (await import('../../i18n/account/hu')).account,
  de: async () => (await import('../../i18n/account/de')).account,
};

const words = signal<Account>(en);

effect(() => {
  const wanted = locale.value;
  void loaders[wanted]()
    .then((loaded) => {
      if (wanted === locale.value) words.value = loaded;
    })
    .catch(() => undefined);
});

export function ta(key: keyof Account, args: Args = {}): string {
  return render(words.value[key], args, locale.value);
}

// SPDX-License-Identifier: MIT
/* Bar.tsx - the top bar of the screens on which nobody is signed in. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { LOCALES, chooseLocale, locale, t } from '../app/i18n';
import { clock, site } from '../app/site';
import { Brand } from '../ui/Brand';
import { PrefsButton } from '../ui/Prefs';

export function Bar({ children }: { children?: ComponentChildren }) {
  return (
    <header class="bar">
      {children ?? <Brand />}
      <div class="rest">
        {site.value && <Clock />}
        <div class="langs" role="group" aria-label={t('language')}>
          {LOCALES.map((l) => (
            <button
              type="button"
              key={l.id}
              lang={l.id}
              class="lang"
              aria-pressed={locale.value === l.id}
              onClick={() => void chooseLocale(l.id, false)}
            >
              <span aria-hidden="true">{l.id.toUpperCase()}</span>
              <span class="vh">{l.name}</span>
            </button>
          ))}
        </div>
        <PrefsButton />
      </div>
    </header>
  );
}

function Clock() {
  const now = useSignal(new Date());
  useEffect(() => {
    const timer = setInterval(() => (now.value = new Date()), 5000);
    return () => clearInterval(timer);
  }, []);
  return <span class="clock num">{clock(now.value)}</span>;
}

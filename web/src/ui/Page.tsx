// SPDX-License-Identifier: MIT
/* Page.tsx - the frame of the pages outside the kiosk: brand, display and help, content. Loads the
 * site's settings, whichever page comes first. */
import { useEffect } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { link } from '../app/link';
import { loadSite, site } from '../app/site';
import { t } from '../app/i18n';
import { Brand } from './Brand';
import { PrefsButton, PrefsDialog } from './Prefs';
import { Toasts } from './Toasts';

interface Props {
  /** In the bar, between brand and display. */
  bar?: ComponentChildren;
  children: ComponentChildren;
}

export function Page({ bar, children }: Props) {
  useEffect(() => {
    if (!site.value && link.value === 'ok') loadSite(true).catch(() => undefined);
  }, [link.value]);
  return (
    <div class="app">
      <div role="alert" class="strips">
        {link.value !== 'ok' && <p class="strip">{t('lostRetrying')}</p>}
      </div>
      <div class="stage">
        <header class="bar">
          <Brand />
          <div class="rest">
            {bar}
            <PrefsButton />
          </div>
        </header>
        <main class="centre">{children}</main>
      </div>
      <PrefsDialog shared={false} />
      <Toasts />
    </div>
  );
}

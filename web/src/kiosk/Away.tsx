// SPDX-License-Identifier: MIT
/* Away.tsx - K10 and K11: starting, out of service, and a purchase whose outcome is unknown. */
import { useEffect } from 'preact/hooks';
import { t } from '../app/i18n';
import { link } from '../app/link';
import { money } from '../app/site';
import { Icon } from '../ui/Icon';
import type { IconName } from '../ui/Icon';
import { PageTitle } from '../ui/PageTitle';
import { Bar } from './Bar';
import { start } from './flow';
import { trouble, unsure } from './state';
import type { ComponentChildren } from 'preact';

function Notice({ icon, title, children }: { icon: IconName; title: string; children: ComponentChildren }) {
  return (
    <div class="stage">
      <Bar />
      <main class="centre">
        <section class="card notice">
          <span class="stamp plain" aria-hidden="true">
            <Icon name={icon} />
          </span>
          <PageTitle>{title}</PageTitle>
          {children}
        </section>
      </main>
    </div>
  );
}

export function Down() {
  const state = link.value;
  useEffect(() => {
    if (state === 'ok') void start();
  }, [state]);
  const lost = state === 'lost';
  return (
    <Notice icon={lost ? 'offline' : 'alert'} title={lost ? t('lostTitle') : t('downTitle')}>
      <p>{lost ? t('lostText') : t('downText')}</p>
      {!lost && trouble.value && <p class="small">{trouble.value.text}</p>}
      {trouble.value?.requestId && <p class="small">{t('requestNumber', { id: trouble.value.requestId })}</p>}
      <button type="button" class="big" onClick={() => void start()}>
        {t('tryAgain')}
      </button>
    </Notice>
  );
}

export function Unsure() {
  const entry = unsure.value;
  return (
    <Notice icon="offline" title={t('unsureTitle')}>
      <p role="status">{entry && t('unsureText', { total: money(entry.total) })}</p>
      <progress aria-label={t('loading')} />
    </Notice>
  );
}

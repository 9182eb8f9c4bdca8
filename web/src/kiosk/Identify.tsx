// SPDX-License-Identifier: MIT
/* Identify.tsx - K2: who is eating? The ways the site allows, as tabs. */
import { useSignal } from '@preact/signals';
import { t } from '../app/i18n';
import type { Key } from '../app/i18n';
import { site } from '../app/site';
import { Icon } from '../ui/Icon';
import { PageTitle } from '../ui/PageTitle';
import { Bar } from './Bar';
import { ByName } from './ByName';
import { ByNumber } from './ByNumber';
import { Reader } from './Reader';
import { leave } from './flow';
import { refusal, screen } from './state';

type Way = 'name' | 'number' | 'badge';
const LABEL: Record<Way, Key> = { name: 'byName', number: 'byNumber', badge: 'byBadge' };

export function Identify() {
  const allowed = site.value?.identify ?? { badge: true, number: true, name: false };
  const ways = (['name', 'number', 'badge'] as const).filter((w) => allowed[w]);
  const way = useSignal<Way>(ways[0] ?? 'badge');
  return (
    <div class="stage">
      <Bar>
        <button type="button" class="ghost" onClick={leave}>
          <Icon name="back" />
          <span>{t('back')}</span>
        </button>
      </Bar>
      <main class="identify">
        <div class="topic">
          <PageTitle>{t('whoTitle')}</PageTitle>
          {ways.length > 1 && (
            <div class="pills" role="group" aria-label={t('waysIn')}>
              {ways.map((w) => (
                <button type="button" key={w} class="cat" aria-pressed={way.value === w} onClick={() => choose(w)}>
                  {t(LABEL[w])}
                </button>
              ))}
            </div>
          )}
        </div>
        <p class="error refusal" role="alert">
          {refusal.value}
        </p>
        {way.value === 'name' && <ByName />}
        {way.value === 'number' && <ByNumber />}
        {way.value === 'badge' && <ByBadge />}
      </main>
    </div>
  );

  function choose(next: Way): void {
    refusal.value = '';
    way.value = next;
  }
}

function ByBadge() {
  return (
    <div class="card badge-card">
      <Reader />
      <h2>{t('holdBadge')}</h2>
      <p>{t('readerReady')}</p>
      <button type="button" class="link" onClick={() => (screen.value = 'link')}>
        {t('linkBadge')}
      </button>
    </div>
  );
}

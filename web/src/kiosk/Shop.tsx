// SPDX-License-Identifier: MIT
/* Shop.tsx - K4: products and the tray. */
import { useEffect } from 'preact/hooks';
import { quantityOf } from '../app/cart';
import { t } from '../app/i18n';
import { link } from '../app/link';
import { money } from '../app/site';
import { Brand } from '../ui/Brand';
import { Icon } from '../ui/Icon';
import { PageTitle } from '../ui/PageTitle';
import { PrefsButton } from '../ui/Prefs';
import { Shelf } from '../ui/Shelf';
import { Tray } from '../ui/Tray';
import { pay } from './buy';
import { leave } from './flow';
import { catalogue, paying, person, screen, sheet, tray } from './state';
import type { Person } from '../api/types';

const WORDS = { title: 'yourTray', empty: 'emptyTray', show: 'showTray', status: 'trayStatus', go: 'pay' } as const;

export function Shop() {
  useEffect(() => {
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  const who = person.value;
  if (!who) return null;
  return (
    <div class="kiosk">
      <ShopBar who={who} />
      <main class="shelf">
        <PageTitle hidden>{t('choose')}</PageTitle>
        <Shelf
          catalogue={catalogue.value}
          usuals={who.usuals}
          quantity={(id) => quantityOf(tray.lines.value, id)}
          countKey="onTray"
          search=""
          onTap={(p) => !paying.value && tray.add(p)}
          onStep={(p, by) => !paying.value && (by > 0 ? tray.add(p) : tray.change(p.id, -1))}
        />
      </main>
      <Tray
        tray={tray}
        catalogue={catalogue.value}
        balance={who.balance}
        words={WORDS}
        blocked={paying.value ? t('paying') : link.value !== 'ok' ? t('cannotPay') : null}
        onGo={() => void pay()}
      />
    </div>
  );
}

function ShopBar({ who }: { who: Person }) {
  return (
    <header class="bar">
      <Brand />
      <button type="button" class="who" onClick={() => (screen.value = 'account')}>
        <span class="face" aria-hidden="true">
          {who.initials}
        </span>
        <span class="who-text">
          <b>{t('hi', { name: who.firstName })}</b>
          <small>{[who.department, who.number].filter(Boolean).join(' · ')}</small>
        </span>
      </button>
      <p class="purse">
        <span>{t('balance')}</span> <b class="num" data-cy="balance">{money(who.balance)}</b>
      </p>
      <PrefsButton />
      <button type="button" class="ghost" onClick={leave}>
        <Icon name="leave" />
        <span>{t('signOut')}</span>
      </button>
    </header>
  );
}

/** Ctrl+Enter pays, Escape signs out when the tray is empty. */
function onKey(e: KeyboardEvent): void {
  if (sheet.value || document.querySelector('dialog[open]')) return;
  if (e.key === 'Enter' && e.ctrlKey) void pay();
  if (e.key === 'Escape' && !tray.count.value) leave();
}

// SPDX-License-Identifier: MIT
/* Sheets.tsx - the questions and refusals that stand over the shop. The tray is always kept. */
import type { ComponentChildren } from 'preact';
import { t } from '../app/i18n';
import { money } from '../app/site';
import { Dialog } from '../ui/Dialog';
import { switchTo } from './badge';
import { pay } from './buy';
import { idle } from './clockwork';
import { leave } from './flow';
import { idleLeft, person, sheet, tray } from './state';
import type { Sheet } from './state';

const close = () => (sheet.value = null);

/** Does something and closes the sheet. */
function act(work: () => void): () => void {
  return () => {
    close();
    work();
  };
}

export function Sheets() {
  const open = sheet.value;
  return open && <One key={open.kind} sheet={open} />;
}

function One({ sheet: s }: { sheet: Sheet }) {
  switch (s.kind) {
    case 'low':
      return <Low sheet={s} />;
    case 'month':
      return (
        <Ask title={t('monthTitle')} text={t('monthText', amounts(s))}>
          <RemoveLast />
        </Ask>
      );
    case 'price':
      return (
        <Ask title={t('priceTitle')} text={t('priceText', amounts(s))}>
          <button type="button" class="big" onClick={() => void pay()}>
            {t('payNew', amounts(s))}
          </button>
        </Ask>
      );
    case 'gone':
      return (
        <Ask title={t('goneTitle')} text={t(s.withdrawn ? 'withdrawnText' : 'goneText', { name: s.name })}>
          <button type="button" class="big" onClick={act(() => tray.remove(s.productId))}>
            {t('removeIt', { name: s.name })}
          </button>
        </Ask>
      );
    case 'switch':
      return <Switch badge={s.badge} />;
    case 'nothing':
      return <Ask title={t('nothingBooked')} text={t('nothingBookedText')} />;
    case 'error':
      return <Ask title={t('wrongTitle')} text={s.told.text} small={s.told.requestId} />;
  }
}

function amounts(s: object): Record<string, string> {
  const pairs = Object.entries(s).filter(([, v]) => typeof v === 'number');
  return Object.fromEntries(pairs.map(([k, v]) => [k, money(v as number)]));
}

interface AskProps {
  title: string;
  text: string;
  small?: string;
  children?: ComponentChildren;
}

function Ask({ title, text, small, children }: AskProps) {
  return (
    <Dialog title={title} onClose={close} alert>
      <p>{text}</p>
      {small && <p class="small">{t('requestNumber', { id: small })}</p>}
      <div class="actions">
        {children}
        <button type="button" class="big second" onClick={close}>
          {t('keepTray')}
        </button>
      </div>
    </Dialog>
  );
}

/** K9: names the missing amount and offers the quickest way out. */
function Low({ sheet: s }: { sheet: Extract<Sheet, { kind: 'low' }> }) {
  return (
    <Dialog title={t('lowTitle')} onClose={close} alert>
      <p>{t('lowText', amounts(s))}</p>
      <dl class="num">
        <dt>{t('lowCanSpend')}</dt>
        <dd>{money(s.balance)}</dd>
        <dt>{t('lowNeeded')}</dt>
        <dd>{money(s.required)}</dd>
        <dt class="tot">{t('lowMissing')}</dt>
        <dd class="tot bad">{money(s.missing)}</dd>
      </dl>
      <p class="small">{t('topUpHint')}</p>
      <div class="actions">
        <RemoveLast />
        <button type="button" class="big second" onClick={close}>
          {t('keepTray')}
        </button>
      </div>
    </Dialog>
  );
}

function RemoveLast() {
  const last = tray.lines.value[tray.lines.value.length - 1];
  return last ? (
    <button type="button" class="big" onClick={act(tray.removeLast)}>
      {t('removeLast', { name: last.name })}
    </button>
  ) : null;
}

function Switch({ badge }: { badge: string }) {
  const name = person.value?.firstName ?? '';
  return (
    <Dialog title={t('switchTitle')} onClose={close}>
      <p>{t('switchText', { name })}</p>
      <div class="actions">
        <button type="button" class="big" onClick={close}>
          {t('switchStay', { name })}
        </button>
        <button type="button" class="big second" onClick={() => void switchTo(badge)}>
          {t('switchGo')}
        </button>
      </div>
    </Dialog>
  );
}

/** Ten seconds before the end: more time is one touch away. */
export function StillThere() {
  if (idleLeft.value === null) return null;
  const stay = () => idle.touch();
  return (
    <Dialog title={t('stillThere')} onClose={stay}>
      <p class="num">{t('stillText', { n: idleLeft.value })}</p>
      <div class="actions">
        <button type="button" class="big" onClick={stay}>
          {t('stillHere')}
        </button>
        <button type="button" class="big second" onClick={leave}>
          {t('signOut')}
        </button>
      </div>
    </Dialog>
  );
}

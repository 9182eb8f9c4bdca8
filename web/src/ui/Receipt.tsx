// SPDX-License-Identifier: MIT
/* Receipt.tsx - what was bought and what is left, and the way back while it is open. */
import type { ComponentChildren } from 'preact';
import type { Purchase } from '../api/types';
import { t } from '../app/i18n';
import { dayAndTime, money, site } from '../app/site';
import type { Undo } from '../app/undo';
import { Icon } from './Icon';
import { PageTitle } from './PageTitle';

interface Props {
  purchase: Purchase;
  title: string;
  /** The line under the title. */
  words: string;
  undo: Undo;
  children: ComponentChildren;
}

export function Receipt({ purchase, title, words, undo, children }: Props) {
  const back = undo.done.value;
  return (
    <article class={back ? 'receipt undone' : 'receipt'}>
      <span class="stamp" aria-hidden="true">
        <Icon name={back ? 'undo' : 'check'} />
      </span>
      <div class="said">
        <PageTitle>{back ? t('undoneTitle') : title}</PageTitle>
        <p role="status" class="ok">
          {back ? t('undoneText', { amount: money(back.amount) }) : words}
        </p>
      </div>
      <ul class="bought">
        {purchase.items.map((l) => (
          <li key={l.lineNo}>
            <span class="num">{l.quantity} ×</span> <b>{l.name}</b> <span class="num">{money(l.total)}</span>
          </li>
        ))}
      </ul>
      <dl class="num">
        <dt>{t('paid')}</dt>
        <dd>{money(purchase.own)}</dd>
        <dt class="tot">{t('newBalance')}</dt>
        <dd class="tot" data-cy="balance">
          {money(back ? back.balanceAfter : purchase.balanceAfter)}
        </dd>
      </dl>
      {undo.error.value && (
        <p class="error" role="alert">
          {undo.error.value}
        </p>
      )}
      <div class="actions">{children}</div>
      <p class="small num">
        {site.value?.siteName} · {t('receiptNo', { code: purchase.receiptCode })} · {dayAndTime(purchase.recordedAt)}
      </p>
    </article>
  );
}

export function UndoButton({ undo }: { undo: Undo }) {
  if (undo.done.value || undo.left.value <= 0) return null;
  const seconds = undo.left.value;
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return (
    <button
      type="button"
      class="big second"
      data-cy="undo-purchase"
      disabled={undo.busy.value}
      onClick={() => void undo.run()}
    >
      <Icon name="undo" />
      {undo.busy.value ? t('undoing') : t('undo')}{' '}
      <span class="num" aria-hidden="true">
        {t('undoLeft', { time })}
      </span>
    </button>
  );
}

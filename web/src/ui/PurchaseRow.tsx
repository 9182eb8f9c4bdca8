// SPDX-License-Identifier: MIT
/* PurchaseRow.tsx - a past purchase in a list, with undo while the server allows it. */
import { useEffect } from 'preact/hooks';
import type { Purchase } from '../api/types';
import { t } from '../app/i18n';
import { dayAndTime, money } from '../app/site';
import type { Undo } from '../app/undo';
import { UndoButton } from './Receipt';

export function PurchaseRow({ purchase, undo }: { purchase: Purchase; undo: Undo }) {
  useEffect(() => {
    const timer = setInterval(undo.tick, 1000);
    return () => clearInterval(timer);
  }, [undo]);
  const gone = purchase.undone || !!undo.done.value;
  const what = purchase.items.map((l) => (l.quantity > 1 ? `${l.quantity} × ${l.name}` : l.name)).join(', ');
  return (
    <li class="past-row">
      <div>
        <b>{what}</b>
        <small class="num">
          {dayAndTime(purchase.recordedAt)} · {purchase.receiptCode}
        </small>
        {undo.error.value && (
          <p class="error" role="alert">
            {undo.error.value}
          </p>
        )}
      </div>
      <p class="num">
        {gone ? <s>{money(purchase.total)}</s> : money(purchase.total)}
        {gone && <small class="tag">{t('undone')}</small>}
      </p>
      {!gone && <UndoButton undo={undo} />}
    </li>
  );
}

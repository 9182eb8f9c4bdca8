// SPDX-License-Identifier: MIT
/* History.tsx - the last purchases, each with its undo while the server allows it. */
import { useMemo } from 'preact/hooks';
import type { Purchase } from '../api/types';
import { t } from '../app/i18n';
import { withToken } from '../app/session';
import { createUndo } from '../app/undo';
import { PurchaseRow } from '../ui/PurchaseRow';
import { loadWallet } from './flow';
import { balance, past } from './state';

export function History() {
  if (!balance.value) return null;
  return (
    <details class="card past">
      <summary>
        <h2>{t('history')}</h2>
      </summary>
      {!past.value.length && <p class="empty">{t('noPurchases')}</p>}
      <ul>
        {past.value.map((p) => (
          <Row key={`${p.id}${p.undone}`} purchase={p} />
        ))}
      </ul>
    </details>
  );
}

function Row({ purchase }: { purchase: Purchase }) {
  const undo = useMemo(() => createUndo(purchase, withToken, () => void loadWallet()), [purchase.id]);
  return <PurchaseRow purchase={purchase} undo={undo} />;
}

// SPDX-License-Identifier: MIT
/* Paid.tsx - the receipt of a signed-in person; stays until it is closed. */
import { useEffect } from 'preact/hooks';
import { t } from '../app/i18n';
import { money } from '../app/site';
import { Icon } from '../ui/Icon';
import { Receipt, UndoButton } from '../ui/Receipt';
import { MeBar } from './MeBar';
import { receipt } from './state';

export function Paid() {
  const shown = receipt.value;
  useEffect(() => {
    const timer = setInterval(() => shown?.undo.tick(), 1000);
    return () => clearInterval(timer);
  }, [shown]);
  if (!shown) return null;
  return (
    <div class="stage">
      <MeBar />
      <main class="centre">
        <Receipt
          purchase={shown.purchase}
          title={t('purchaseOk')}
          words={t('purchaseText', { total: money(shown.purchase.own) })}
          undo={shown.undo}
        >
          <button type="button" class="big" onClick={() => (receipt.value = null)}>
            {t('backToProducts')}
          </button>
          <UndoButton undo={shown.undo} />
          <button type="button" class="big second" onClick={() => window.print()}>
            <Icon name="print" />
            {t('print')}
          </button>
        </Receipt>
      </main>
    </div>
  );
}

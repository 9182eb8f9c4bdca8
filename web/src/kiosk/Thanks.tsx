// SPDX-License-Identifier: MIT
/* Thanks.tsx - K7: the receipt at the kiosk. It closes by itself; any touch gives it more time. */
import { t } from '../app/i18n';
import { Receipt, UndoButton } from '../ui/Receipt';
import { Bar } from './Bar';
import { RECEIPT_SECONDS } from './clockwork';
import { leave } from './flow';
import { closing, person, receipt } from './state';

export function Thanks() {
  const shown = receipt.value;
  const who = person.value;
  if (!shown || !who) return null;
  return (
    <div class="stage">
      <Bar />
      <main class="centre">
        <Receipt
          purchase={shown.purchase}
          title={t('enjoy', { name: who.firstName })}
          words={t('purchaseOk')}
          undo={shown.undo}
        >
          {shown.note && <p class="note">{shown.note}</p>}
          <button type="button" class="big" onClick={leave}>
            {t('done')}
          </button>
          <UndoButton undo={shown.undo} />
        </Receipt>
        <div class="closing">
          <progress max={RECEIPT_SECONDS} value={closing.value} aria-hidden="true" />
          <p class="num">
            {t('closesIn', { n: closing.value })} · {t('nextBadge')}
          </p>
        </div>
      </main>
    </div>
  );
}

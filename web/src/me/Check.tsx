// SPDX-License-Identifier: MIT
/* Check.tsx - the order once more before it is paid; refusals are told here and the cart stays. */
import { t } from '../app/i18n';
import { link } from '../app/link';
import { money } from '../app/site';
import { Dialog } from '../ui/Dialog';
import { confirm } from './flow';
import { balance, cart, checking, paying, refusal, unsureTotal } from './state';

export function Check() {
  if (!checking.value) return null;
  const due = cart.due.value;
  const have = balance.value?.balance;
  const close = () => !paying.value && (checking.value = false);
  return (
    <Dialog title={unsureTotal.value === null ? t('checkTitle') : t('unsureTitle')} onClose={close}>
      <ul class="bought">
        {cart.lines.value.map((l) => (
          <li key={l.productId}>
            <span class="num">{l.quantity} ×</span> <b>{l.name}</b> <span class="num">{money(l.price * l.quantity)}</span>
          </li>
        ))}
      </ul>
      <dl class="num">
        <dt class="tot">{t(due === cart.total.value ? 'total' : 'yourPart')}</dt>
        <dd class="tot">{money(due)}</dd>
        {have !== undefined && <dt>{t('balanceAfter')}</dt>}
        {have !== undefined && <dd class={have < due ? 'bad' : ''}>{money(have - due)}</dd>}
      </dl>
      <div role="alert">
        {refusal.value && <p class="error box">{refusal.value.text}</p>}
        {refusal.value?.requestId && <p class="small">{t('requestNumber', { id: refusal.value.requestId })}</p>}
        {unsureTotal.value !== null && (
          <p class="error box">{t('unsureText', { total: money(unsureTotal.value) })}</p>
        )}
      </div>
      <div class="actions">
        <button
          type="button"
          class="big"
          data-cy="confirm-purchase"
          disabled={paying.value || link.value !== 'ok' || !cart.count.value}
          onClick={() => void confirm()}
        >
          {paying.value ? t('paying') : t('confirm')}
        </button>
        <button type="button" class="big second" disabled={paying.value} onClick={close}>
          {t('cancel')}
        </button>
      </div>
    </Dialog>
  );
}

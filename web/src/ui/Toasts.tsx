// SPDX-License-Identifier: MIT
/* Toasts.tsx - the notes of toast.ts. */
import { t } from '../app/i18n';
import { dropToast, toasts } from '../app/toast';
import { Icon } from './Icon';

export function Toasts() {
  return (
    <div class="toasts" role="status">
      {toasts.value.map((one) => (
        <p key={one.id} class="toast">
          <span>{one.text}</span>
          <button type="button" onClick={() => dropToast(one.id)}>
            <Icon name="close" />
            <span class="vh">{t('close')}</span>
          </button>
        </p>
      ))}
    </div>
  );
}

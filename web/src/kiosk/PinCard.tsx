// SPDX-License-Identifier: MIT
/* PinCard.tsx - K3: the PIN of the person whose name was touched. */
import { useSignal } from '@preact/signals';
import type { KioskName } from '../api/types';
import { t } from '../app/i18n';
import { Field } from '../ui/Field';
import { Pad } from '../ui/Pad';
import { identify } from './flow';

export function PinCard({ who, onBack }: { who: KioskName; onBack: () => void }) {
  const pin = useSignal('');
  const busy = useSignal(false);

  async function enter(e: Event): Promise<void> {
    e.preventDefault();
    if (busy.value || !pin.value) return;
    busy.value = true;
    const ok = await identify({ employeeId: who.id, pin: pin.value });
    busy.value = false;
    if (!ok) pin.value = '';
  }

  return (
    <form class="card pin-card" onSubmit={enter}>
      <div class="pin-who">
        <span class="face" aria-hidden="true">
          {who.initials}
        </span>
        <h2>{who.name}</h2>
        <button type="button" class="link" onClick={onBack}>
          {t('notMe')}
        </button>
      </div>
      <Field
        id="pin"
        type="password"
        label={t('pinFor', { name: who.name })}
        value={pin.value}
        onInput={(v) => (pin.value = v)}
        focus
        padded
      />
      <Pad
        letters={false}
        onKey={(k) => (pin.value += k)}
        onDelete={() => (pin.value = pin.value.slice(0, -1))}
        enterText={t('signIn')}
        busy={busy.value}
      />
    </form>
  );
}

// SPDX-License-Identifier: MIT
/* ByNumber.tsx - employee number and PIN, typed on the pad or on a keyboard. */
import { useSignal } from '@preact/signals';
import { t } from '../app/i18n';
import { Field } from '../ui/Field';
import { Pad } from '../ui/Pad';
import { identify } from './flow';

export function ByNumber() {
  const number = useSignal('');
  const pin = useSignal('');
  const atPin = useSignal(false);
  const busy = useSignal(false);
  const field = atPin.value ? pin : number;

  async function enter(e: Event): Promise<void> {
    e.preventDefault();
    if (busy.value || !number.value) return;
    if (!atPin.value || !pin.value) {
      atPin.value = true;
      document.getElementById('pin')?.focus();
      return;
    }
    busy.value = true;
    const ok = await identify({ number: number.value.trim(), pin: pin.value });
    busy.value = false;
    if (!ok) pin.value = '';
  }

  return (
    <form class="card pin-card" onSubmit={enter}>
      <div class="two">
        <Field
          id="number"
          label={t('number')}
          value={number.value}
          onInput={(v) => (number.value = v)}
          onFocus={() => (atPin.value = false)}
          focus={!atPin.value}
          caps
          padded
        />
        <Field
          id="pin"
          type="password"
          label={t('pin')}
          value={pin.value}
          onInput={(v) => (pin.value = v)}
          onFocus={() => (atPin.value = true)}
          focus={atPin.value}
          padded
        />
      </div>
      <Pad
        key={String(atPin.value)}
        letters={!atPin.value}
        onKey={(k) => (field.value += k)}
        onDelete={() => (field.value = field.value.slice(0, -1))}
        enterText={atPin.value ? t('signIn') : t('next')}
        busy={busy.value}
      />
    </form>
  );
}

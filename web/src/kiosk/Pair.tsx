// SPDX-License-Identifier: MIT
/* Pair.tsx - K12: this browser becomes a kiosk by the code an administrator was given. */
import { useSignal } from '@preact/signals';
import { tell } from '../app/errors';
import { t } from '../app/i18n';
import { Field } from '../ui/Field';
import { PageTitle } from '../ui/PageTitle';
import { Bar } from './Bar';
import { pairBy } from './flow';

export function Pair() {
  const code = useSignal('');
  const error = useSignal('');
  const busy = useSignal(false);

  async function submit(e: Event): Promise<void> {
    e.preventDefault();
    if (!code.value.trim() || busy.value) return;
    busy.value = true;
    error.value = '';
    await pairBy(code.value).catch((problem: unknown) => (error.value = tell(problem).text));
    busy.value = false;
  }

  return (
    <div class="stage">
      <Bar />
      <main class="centre">
        <form class="card" onSubmit={submit}>
          <PageTitle>{t('pairTitle')}</PageTitle>
          <p>{t('pairText')}</p>
          <Field
            id="code"
            label={t('pairCode')}
            value={code.value}
            onInput={(v) => (code.value = v)}
            error={error.value}
            autocomplete="one-time-code"
            caps
          />
          <button type="submit" class="pay" disabled={busy.value}>
            <span>{t('pairGo')}</span>
          </button>
          <p class="small">{t('pairHint')}</p>
        </form>
      </main>
    </div>
  );
}

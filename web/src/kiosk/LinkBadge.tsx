// SPDX-License-Identifier: MIT
/* LinkBadge.tsx - a person gives themselves a badge: first the code from their manager, then the
 * badge at the reader. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ApiError } from '../api/client';
import * as api from '../api/setup';
import { t } from '../app/i18n';
import { ts } from '../app/setup';
import type { Kit } from './Kiosk';

export default function LinkBadge(kit: Kit) {
  const { Bar, Field, Icon, Pad, PageTitle, Reader, leave, linkScan, tell, toast } = kit;
  const code = useSignal('');
  const ready = useSignal(false);
  const error = useSignal('');

  useEffect(() => {
    linkScan.value = (badge) => (ready.value ? link(badge) : undefined);
    return () => (linkScan.value = null);
  }, []);

  async function link(badge: string): Promise<void> {
    error.value = '';
    try {
      const { name } = await api.linkBadge(code.value, badge);
      leave();
      toast(ts('linkDone', { name }));
    } catch (problem) {
      const taken = problem instanceof ApiError && problem.code === 'ERR_ALREADY_EXISTS';
      error.value = taken ? ts('linkTaken') : tell(problem).text;
      ready.value = taken;
    }
  }

  function next(e: Event): void {
    e.preventDefault();
    error.value = '';
    ready.value = code.value.trim() !== '';
  }

  return (
    <div class="stage">
      <Bar>
        <button type="button" class="ghost" onClick={leave}>
          <Icon name="back" />
          <span>{t('back')}</span>
        </button>
      </Bar>
      <main class="centre">
        {ready.value ? (
          <section class="card badge-card">
            <Reader />
            <PageTitle>{ts('linkHold')}</PageTitle>
            <p>{ts('linkListening')}</p>
            <p class="error" role="alert">
              {error.value}
            </p>
          </section>
        ) : (
          <form class="card pin-card" onSubmit={next}>
            <PageTitle>{ts('linkTitle')}</PageTitle>
            <p>{ts('linkText')}</p>
            <Field
              id="link-code"
              label={ts('linkCode')}
              value={code.value}
              onInput={(v) => (code.value = v)}
              error={error.value}
              autocomplete="one-time-code"
              caps
              padded
              focus
            />
            <Pad
              letters
              onKey={(k) => (code.value += k)}
              onDelete={() => (code.value = code.value.slice(0, -1))}
              enterText={ts('linkNext')}
              busy={false}
            />
          </form>
        )}
      </main>
    </div>
  );
}

// SPDX-License-Identifier: MIT
/* MyData.tsx - E7: everything that is kept about the signed-in person, as a file. */
import { useEffect } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { myDataWords } from '../../i18n/mydata';
import type { MyDataWords } from '../../i18n/mydata';
import { getMyData } from '../api/mydata';
import type { Form } from '../api/mydata';
import { tell } from '../app/errors';
import type { Told } from '../app/errors';
import { locale, render, t } from '../app/i18n';
import { go } from '../app/router';
import { ended, resume, user, withToken } from '../app/session';
import { Page } from '../ui/Page';
import { PageTitle } from '../ui/PageTitle';
import { Waiting } from '../ui/Waiting';
import { StepUp } from './StepUp';

const word = (key: keyof MyDataWords, args = {}) => render(myDataWords[locale.value][key], args, locale.value);

/** Hands a file to the browser; the link is never in the page, so nothing else hears of it. */
function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export default function MyData() {
  useEffect(() => {
    void resume().then((signedIn) => !signedIn && go('/login', true));
  }, []);
  if (!user.value) return <Waiting />;
  return (
    <Page>
      <section class="card notice">
        <PageTitle>{t('myData')}</PageTitle>
        <p>{word('text')}</p>
        <Downloads />
        <p class="small">{word('erase')}</p>
        <a class="link" href="/products">
          {word('back')}
        </a>
      </section>
      <StepUp />
    </Page>
  );
}

function Downloads() {
  const busy = useSignal(false);
  const ready = useSignal('');
  const refused = useSignal<Told | null>(null);
  async function take(form: Form): Promise<void> {
    busy.value = true;
    ready.value = '';
    refused.value = null;
    try {
      const name = `${t('myData')} ${new Date().toISOString().slice(0, 10)}.${form}`;
      save(await withToken((token) => getMyData(token, form)), name);
      ready.value = name;
    } catch (e) {
      if (ended.value) go('/login', true);
      else refused.value = tell(e);
    }
    busy.value = false;
  }
  return (
    <>
      <div class="actions">
        <button type="button" class="big" data-cy="my-data-json" disabled={busy.value} onClick={() => void take('json')}>
          {word('json')}
        </button>
        <button type="button" class="big second" data-cy="my-data-csv" disabled={busy.value} onClick={() => void take('csv')}>
          {word('csv')}
        </button>
      </div>
      <p role="status">{busy.value ? word('busy') : ready.value && word('ready', { name: ready.value })}</p>
      <div role="alert">
        {refused.value && <p class="error box">{refused.value.text}</p>}
        {refused.value?.requestId && <p class="small">{t('requestNumber', { id: refused.value.requestId })}</p>}
      </div>
    </>
  );
}

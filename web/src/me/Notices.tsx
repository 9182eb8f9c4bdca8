// SPDX-License-Identifier: MIT
/* Notices.tsx - when the page cannot sell: no employee behind the account, server trouble, and the
 * sign-in over the page after the session ended (the cart stays). */
import { w } from '../account/words';
import { t } from '../app/i18n';
import { ended, user } from '../app/session';
import { Dialog } from '../ui/Dialog';
import { PageTitle } from '../ui/PageTitle';
import { MeBar } from './MeBar';
import { SignInForm } from './SignInForm';
import { load } from './flow';
import { trouble } from './state';

export function NoEmployee() {
  return (
    <div class="stage">
      <MeBar />
      <main class="centre">
        <section class="card notice">
          <PageTitle>{t('noEmployee')}</PageTitle>
          <p>{t('noEmployeeText', { email: user.value?.email ?? '' })}</p>
          <MyDataLink />
        </section>
      </main>
    </div>
  );
}

export function MyDataLink() {
  return (
    <p>
      <a class="link" href="/me/data">
        {t('myData')}
      </a>
      <a class="link" href="/password">
        {w('change')}
      </a>
    </p>
  );
}

export function Trouble() {
  return (
    <div class="stage">
      <MeBar />
      <main class="centre">
        <section class="card notice">
          <PageTitle>{t('wrongTitle')}</PageTitle>
          <p>{trouble.value?.text}</p>
          {trouble.value?.requestId && <p class="small">{t('requestNumber', { id: trouble.value.requestId })}</p>}
          <button type="button" class="big" onClick={() => void load()}>
            {t('tryAgain')}
          </button>
        </section>
      </main>
    </div>
  );
}

export function SessionEnded() {
  if (!ended.value) return null;
  return (
    <Dialog title={t('endedTitle')}>
      <p>{t('endedText')}</p>
      <SignInForm email={user.value?.email ?? ''} onDone={() => void load()} />
    </Dialog>
  );
}

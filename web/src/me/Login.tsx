// SPDX-License-Identifier: MIT
/* Login.tsx - E1: sign in with e-mail and password. */
import { useEffect } from 'preact/hooks';
import { t } from '../app/i18n';
import { go } from '../app/router';
import { resume, user } from '../app/session';
import { site } from '../app/site';
import { Page } from '../ui/Page';
import { PageTitle } from '../ui/PageTitle';
import { w } from '../account/words';
import { SignInForm } from './SignInForm';

const toProducts = () => go('/products', true);

export default function Login() {
  useEffect(() => {
    void resume().then((signedIn) => signedIn && toProducts());
  }, []);
  return (
    <Page>
      <section class="card login">
        <p class="place">{site.value?.siteName}</p>
        <PageTitle>{t('signInTitle')}</PageTitle>
        <p>{t('signInText')}</p>
        <SignInForm email={user.value?.email ?? ''} onDone={toProducts} />
        <a class="link" href="/forgot">
          {w('forgot')}
        </a>
        <a class="link" href="/kiosk">
          {t('toKiosk')}
        </a>
      </section>
    </Page>
  );
}

/* Login.tsx - E1: sign in with e-mail and password. */
import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { t } from '../app/i18n';
import { resume, user } from '../app/session';
import { site } from '../app/site';
import { Page } from '../ui/Page';
import { PageTitle } from '../ui/PageTitle';
import { SignInForm } from './SignInForm';

export default function Login() {
  const { route } = useLocation();
  const go = () => route('/products', true);
  useEffect(() => {
    void resume().then((signedIn) => signedIn && go());
  }, []);
  return (
    <Page>
      <section class="card login">
        <p class="place">{site.value?.siteName}</p>
        <PageTitle>{t('signInTitle')}</PageTitle>
        <p>{t('signInText')}</p>
        <SignInForm email={user.value?.email ?? ''} onDone={go} />
        <a class="link" href="/kiosk">
          {t('toKiosk')}
        </a>
      </section>
    </Page>
  );
}

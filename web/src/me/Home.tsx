/* Home.tsx - "/": on to the products for who is signed in, else to the sign-in. */
import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { t } from '../app/i18n';
import { resume } from '../app/session';

export function Home() {
  const { route } = useLocation();
  useEffect(() => {
    void resume().then((signedIn) => route(signedIn ? '/products' : '/login', true));
  }, []);
  return <main class="stage boot" aria-busy="true" aria-label={t('loading')} />;
}

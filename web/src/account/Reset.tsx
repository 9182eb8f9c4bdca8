// SPDX-License-Identifier: MIT
/* Reset.tsx - /reset#token: a new password by the link of a message. The token leaves the address
 * bar at once, and is sent only with the form. */
import { useSignal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { resetPassword } from '../api/password';
import { Page } from '../ui/Page';
import { PageTitle } from '../ui/PageTitle';
import { Form } from './Form';
import { Fresh } from './Fresh';
import { w } from './words';

function Choose({ token, onDone }: { token: string; onDone: () => void }) {
  const fresh = useSignal('');
  const tried = useSignal(false);
  const ready = () => (tried.value = true) && fresh.value !== '';
  const run = () => resetPassword(token, fresh.value).then(onDone);
  return (
    <Form action={w('save')} ready={ready} run={run}>
      <Fresh value={fresh.value} tried={tried.value} onInput={(v) => (fresh.value = v)} />
    </Form>
  );
}

export function Reset() {
  const [token] = useState(() => location.hash.slice(1));
  const done = useSignal(false);
  useEffect(() => {
    if (location.hash) history.replaceState(null, '', location.pathname);
  }, []);
  return (
    <Page>
      <section class="card login" key={String(done.value)}>
        <PageTitle>{done.value ? w('resetDone') : w('resetTitle')}</PageTitle>
        {done.value && <p>{w('resetDoneText')}</p>}
        {!done.value && !token && <p>{w('resetNoToken')}</p>}
        {!done.value && token && <Choose token={token} onDone={() => (done.value = true)} />}
        <a class="link" href="/login">
          {w('toSignIn')}
        </a>
      </section>
    </Page>
  );
}

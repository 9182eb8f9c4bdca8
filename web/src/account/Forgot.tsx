// SPDX-License-Identifier: MIT
/* Forgot.tsx - ask for a message with a link; the answer is the same for every address. */
import { useSignal } from '@preact/signals';
import { forgotPassword } from '../api/password';
import { t } from '../app/i18n';
import { site } from '../app/site';
import { Field } from '../ui/Field';
import { Page } from '../ui/Page';
import { PageTitle } from '../ui/PageTitle';
import { Form } from './Form';
import { w } from './words';

function Ask({ onSent }: { onSent: (email: string) => void }) {
  const email = useSignal('');
  const tried = useSignal(false);
  const ready = () => (tried.value = true) && email.value.trim() !== '';
  const run = () => forgotPassword(email.value.trim()).then(() => onSent(email.value.trim()));
  return (
    <Form action={w('send')} ready={ready} run={run}>
      <Field
        id="email"
        type="email"
        label={t('email')}
        autocomplete="username"
        value={email.value}
        onInput={(v) => (email.value = v)}
        error={tried.value && !email.value.trim() ? t('needEmail') : ''}
      />
    </Form>
  );
}

export function Forgot() {
  const sent = useSignal('');
  const hasMail = site.value?.mail !== false;
  return (
    <Page>
      <section class="card login" key={sent.value}>
        <PageTitle>{sent.value ? w('sentTitle') : w('forgotTitle')}</PageTitle>
        <p>{sent.value ? w('sentText', { email: sent.value }) : hasMail ? w('forgotText') : w('forgotNoMail')}</p>
        {!sent.value && hasMail && <Ask onSent={(email) => (sent.value = email)} />}
        <a class="link" href="/code">
          {w('code')}
        </a>
        <a class="link" href="/login">
          {w('toSignIn')}
        </a>
      </section>
    </Page>
  );
}

// SPDX-License-Identifier: MIT
/* Code.tsx - sign in with the operator's one-time code. */
import { useSignal } from '@preact/signals';
import { t } from '../app/i18n';
import { go } from '../app/router';
import { Field } from '../ui/Field';
import { Page } from '../ui/Page';
import { PageTitle } from '../ui/PageTitle';
import { Form } from './Form';
import { signInByCode } from './session';
import { w } from './words';

export function Code() {
  const email = useSignal('');
  const code = useSignal('');
  const tried = useSignal(false);
  const ready = () => (tried.value = true) && email.value.trim() !== '' && code.value.trim() !== '';
  const run = () => signInByCode(email.value.trim(), code.value.trim()).then(() => go('/products', true));
  return (
    <Page>
      <section class="card login">
        <PageTitle>{w('codeTitle')}</PageTitle>
        <p>{w('codeText')}</p>
        <Form action={t('signIn')} ready={ready} run={run}>
          <Field
            id="email"
            type="email"
            label={t('email')}
            autocomplete="username"
            value={email.value}
            onInput={(v) => (email.value = v)}
            error={tried.value && !email.value.trim() ? t('needEmail') : ''}
          />
          <Field
            id="code"
            caps
            label={w('codeField')}
            autocomplete="one-time-code"
            value={code.value}
            onInput={(v) => (code.value = v)}
            error={tried.value && !code.value.trim() ? w('needCode') : ''}
          />
        </Form>
        <a class="link" href="/login">
          {w('toSignIn')}
        </a>
      </section>
    </Page>
  );
}

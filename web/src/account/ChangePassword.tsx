// SPDX-License-Identifier: MIT
/* ChangePassword.tsx - /password: a signed-in person changes the own password. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ApiError } from '../api/client';
import { go } from '../app/router';
import { resume, user } from '../app/session';
import { toast } from '../app/toast';
import { Field } from '../ui/Field';
import { Page } from '../ui/Page';
import { PageTitle } from '../ui/PageTitle';
import { Form } from './Form';
import { Fresh } from './Fresh';
import { changePassword } from './session';
import { w } from './words';

function words(problem: unknown): string {
  if (!(problem instanceof ApiError)) return '';
  if (problem.code === 'ERR_INVALID_CREDENTIALS') return w('wrongCurrent');
  return problem.problem.errors.some((e) => e.pointer === '/newPassword' && e.code === 'VALUE') ? w('sameAsOld') : '';
}

function Change() {
  const current = useSignal('');
  const fresh = useSignal('');
  const tried = useSignal(false);
  const ready = () => (tried.value = true) && current.value !== '' && fresh.value !== '';
  const run = async () => {
    await changePassword(current.value, fresh.value);
    toast(w('changed'));
    go('/products');
  };
  return (
    <Form action={w('save')} ready={ready} run={run} words={words}>
      {/* whose password it is, for the browser's own store */}
      <input hidden type="email" autocomplete="username" value={user.value?.email ?? ''} readOnly />
      <Field
        id="password"
        type="password"
        label={w('current')}
        autocomplete="current-password"
        value={current.value}
        onInput={(v) => (current.value = v)}
        error={tried.value && !current.value ? w('needCurrent') : ''}
      />
      <Fresh value={fresh.value} tried={tried.value} onInput={(v) => (fresh.value = v)} />
    </Form>
  );
}

export function ChangePassword() {
  useEffect(() => {
    void resume().then((signedIn) => signedIn || go('/login', true));
  }, []);
  return (
    <Page>
      <section class="card login">
        <PageTitle>{w('changeTitle')}</PageTitle>
        <p>{w('changeText')}</p>
        {user.value && <Change />}
        <a class="link" href="/products">
          {w('notNow')}
        </a>
      </section>
    </Page>
  );
}

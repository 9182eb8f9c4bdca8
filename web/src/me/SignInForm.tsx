// SPDX-License-Identifier: MIT
/* SignInForm.tsx - the two fields and their errors; on the page and over it. */
import { useSignal } from '@preact/signals';
import { tell } from '../app/errors';
import { t } from '../app/i18n';
import { signIn } from '../app/session';
import { Field } from '../ui/Field';

interface Props {
  email: string;
  onDone: () => void;
}

export function SignInForm({ email: known, onDone }: Props) {
  const email = useSignal(known);
  const password = useSignal('');
  const tried = useSignal(false);
  const busy = useSignal(false);
  const error = useSignal('');

  async function submit(e: Event): Promise<void> {
    e.preventDefault();
    tried.value = true;
    error.value = '';
    if (busy.value || !email.value.trim() || !password.value) return;
    busy.value = true;
    try {
      await signIn(email.value.trim(), password.value);
      onDone();
    } catch (problem) {
      error.value = tell(problem).text;
    }
    busy.value = false;
  }

  return (
    <form class="fields" noValidate onSubmit={submit}>
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
        id="password"
        type="password"
        label={t('password')}
        autocomplete="current-password"
        value={password.value}
        onInput={(v) => (password.value = v)}
        error={tried.value && !password.value ? t('needPassword') : ''}
      />
      {error.value && (
        <p class="error box" role="alert">
          {error.value}
        </p>
      )}
      <button type="submit" class="pay" disabled={busy.value}>
        <span>{busy.value ? t('signingIn') : t('signIn')}</span>
      </button>
    </form>
  );
}

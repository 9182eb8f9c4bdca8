// SPDX-License-Identifier: MIT
/* StepUp.tsx - asks for the password again, for a call that waits (app/stepup.ts). */
import { useSignal } from '@preact/signals';
import { stepUp } from '../api/sessions';
import { ta } from '../app/account';
import { tell } from '../app/errors';
import { withToken } from '../app/session';
import { asked } from '../app/stepup';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';

/** Shown while a call waits for the password; each page of a signed-in person has it. */
export function StepUp() {
  return asked.value ? <Ask /> : null;
}

function Ask() {
  const password = useSignal('');
  const tried = useSignal(false);
  const busy = useSignal(false);
  const error = useSignal('');
  const cancel = () => asked.value?.(false);

  async function submit(e: Event): Promise<void> {
    e.preventDefault();
    tried.value = true;
    error.value = '';
    if (busy.value || !password.value) return;
    busy.value = true;
    try {
      await withToken((token) => stepUp(token, password.value));
      asked.value?.(true);
    } catch (problem) {
      error.value = tell(problem).text;
    }
    busy.value = false;
  }

  return (
    <Dialog title={ta('confirmTitle')} onClose={cancel}>
      <p>{ta('confirmText')}</p>
      <form class="fields" noValidate onSubmit={submit}>
        <Field
          id="confirm-password"
          type="password"
          label={ta('password')}
          autocomplete="current-password"
          value={password.value}
          onInput={(v) => (password.value = v)}
          error={tried.value && !password.value ? ta('needPassword') : ''}
          focus
        />
        {error.value && (
          <p class="error box" role="alert">
            {error.value}
          </p>
        )}
        <div class="actions">
          <button type="button" class="big" onClick={cancel}>
            {ta('cancel')}
          </button>
          <button type="submit" class="pay" disabled={busy.value}>
            {ta('confirm')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

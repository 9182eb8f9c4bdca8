// SPDX-License-Identifier: MIT
/* Welcome.tsx - an invited person makes the own account. The code of `/welcome#CODE` leaves the
 * address bar at once; without one it is asked for. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ApiError } from '../api/client';
import * as api from '../api/setup';
import { tell } from '../app/errors';
import { go } from '../app/router';
import { signIn } from '../app/session';
import { ts } from '../app/setup';
import { Field } from '../ui/Field';
import { Page } from '../ui/Page';
import { PageTitle } from '../ui/PageTitle';

export default function Welcome() {
  const code = useSignal('');
  const who = useSignal<api.Invited | null>(null);
  const error = useSignal('');

  async function look(typed: string): Promise<void> {
    code.value = typed.trim();
    error.value = '';
    if (!code.value) return;
    await api.lookAtInvitation(code.value).then(
      (found) => (who.value = found),
      (problem: unknown) => (error.value = tell(problem).text),
    );
  }

  useEffect(() => {
    const given = decodeURIComponent(location.hash.slice(1));
    if (given) history.replaceState(null, '', location.pathname);
    void look(given);
  }, []);

  return (
    <Page>
      {who.value ? (
        <Choose code={code.value} who={who.value} />
      ) : (
        <EnterCode code={code.value} error={error.value} onCode={(typed) => void look(typed)} />
      )}
    </Page>
  );
}

interface CodeProps {
  code: string;
  error: string;
  onCode: (code: string) => void;
}

function EnterCode({ code: known, error, onCode }: CodeProps) {
  const code = useSignal(known);
  const submit = (e: Event): void => {
    e.preventDefault();
    onCode(code.value);
  };
  return (
    <form class="card" onSubmit={submit}>
      <PageTitle>{ts('welcomeCodeTitle')}</PageTitle>
      <p>{ts('welcomeCodeText')}</p>
      <Field
        id="code"
        label={ts('linkCode')}
        value={code.value}
        onInput={(v) => (code.value = v)}
        error={error}
        autocomplete="one-time-code"
        caps
      />
      <button type="submit" class="pay">
        <span>{ts('welcomeNext')}</span>
      </button>
    </form>
  );
}

function Choose({ code, who }: { code: string; who: api.Invited }) {
  const email = useSignal(who.email ?? '');
  const password = useSignal('');
  const pin = useSignal('');
  const busy = useSignal(false);
  const tried = useSignal(false);
  const error = useSignal('');

  async function submit(e: Event): Promise<void> {
    e.preventDefault();
    tried.value = true;
    error.value = '';
    if (busy.value || !email.value.trim() || !password.value) return;
    busy.value = true;
    try {
      const made = await api.acceptInvitation({
        code,
        password: password.value,
        email: email.value.trim(),
        pin: pin.value || null,
      });
      await signIn(made.email, password.value);
      go('/products', true);
    } catch (problem) {
      error.value = refusal(problem);
    }
    busy.value = false;
  }

  return (
    <form class="card" noValidate onSubmit={submit}>
      <PageTitle>{ts('welcomeTitle', { name: who.name })}</PageTitle>
      <p>{ts('welcomeText')}</p>
      <Field
        id="email"
        type="email"
        label={ts('welcomeEmail')}
        autocomplete="username"
        value={email.value}
        onInput={(v) => (email.value = v)}
        error={tried.value && !email.value.trim() ? ts('welcomeNeedEmail') : ''}
      />
      <Field
        id="password"
        type="password"
        label={ts('welcomePassword')}
        autocomplete="new-password"
        value={password.value}
        onInput={(v) => (password.value = v)}
        error={tried.value && !password.value ? ts('welcomeNeedPassword') : ''}
      />
      <p class="small">{ts('welcomeRule')}</p>
      <Field
        id="pin"
        type="password"
        label={ts('welcomePin')}
        value={pin.value}
        onInput={(v) => (pin.value = v)}
      />
      <p class="small">{ts('welcomePinRule', { n: who.pinDigits })}</p>
      {error.value && (
        <p class="error box" role="alert">
          {error.value}
        </p>
      )}
      <button type="submit" class="pay" disabled={busy.value}>
        <span>{busy.value ? ts('welcomeBusy') : ts('welcomeGo')}</span>
      </button>
    </form>
  );
}

/** What is wrong, said of the field it is about. */
function refusal(e: unknown): string {
  if (e instanceof ApiError && e.problem.errors.some((f) => f.pointer === '/pin')) return ts('welcomeBadPin');
  if (e instanceof ApiError && e.problem.params['field'] === 'email') return ts('welcomeTaken');
  return tell(e).text;
}

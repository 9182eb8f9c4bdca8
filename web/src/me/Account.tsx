// SPDX-License-Identifier: MIT
/* Account.tsx - a person's own account: where they are signed in. */
import { useEffect } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { endOthers, endSession, listSessions } from '../api/sessions';
import type { Session } from '../api/sessions';
import { ta } from '../app/account';
import { tell } from '../app/errors';
import { withToken } from '../app/session';
import { dayAndTime } from '../app/site';
import { toast } from '../app/toast';
import { Dialog } from '../ui/Dialog';

export function Account({ onClose }: { onClose: () => void }) {
  const sessions = useSignal<Session[]>([]);
  const error = useSignal('');
  const busy = useSignal(false);

  /** Does it, then shows what is left. */
  async function act(work: () => Promise<void>): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    error.value = '';
    try {
      await work();
      sessions.value = (await withToken(listSessions)).data;
    } catch (problem) {
      error.value = tell(problem).text;
    }
    busy.value = false;
  }

  const end = (s: Session) =>
    act(async () => {
      await withToken((token) => endSession(token, s.id));
      toast(ta('oneEnded'));
    });
  const others = () =>
    act(async () => {
      await withToken(endOthers);
      toast(ta('othersEnded'));
    });

  useEffect(() => void act(async () => undefined), []);
  return (
    <Dialog title={ta('title')} onClose={onClose} wide>
      <section class="sessions">
        <h3>{ta('sessions')}</h3>
        <p>{ta('sessionsText')}</p>
        <ul aria-busy={busy.value}>
          {sessions.value.map((s) => (
            <Row key={s.id} session={s} onEnd={() => void end(s)} />
          ))}
        </ul>
        {sessions.value.length > 1 && (
          <button type="button" class="big" onClick={() => void others()}>
            {ta('endOthers')}
          </button>
        )}
      </section>
      {error.value && (
        <p class="error box" role="alert">
          {error.value}
        </p>
      )}
      <div class="actions">
        <button type="button" class="big" onClick={onClose}>
          {ta('close')}
        </button>
      </div>
    </Dialog>
  );
}

function Row({ session: s, onEnd }: { session: Session; onEnd: () => void }) {
  const device = s.label || ta('unknown');
  const used = dayAndTime(s.lastUsedAt);
  return (
    <li class="past-row" data-cy={s.current ? 'session-current' : 'session'}>
      <div>
        <b>{device}</b>
        <small>{ta('facts', { created: dayAndTime(s.createdAt), used, address: s.address })}</small>
      </div>
      {s.current ? (
        <p class="tag">{ta('current')}</p>
      ) : (
        <button type="button" class="big" aria-label={ta('endNamed', { device, used })} onClick={onEnd}>
          {ta('end')}
        </button>
      )}
    </li>
  );
}

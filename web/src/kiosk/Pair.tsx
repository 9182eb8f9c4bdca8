// SPDX-License-Identifier: MIT
/* Pair.tsx - K12: this browser becomes a kiosk. It shows a code until an administrator has confirmed
 * it; or a code is typed that an administrator was given. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import * as api from '../api/setup';
import { ts } from '../app/setup';
import type { Kit } from './Kiosk';

/** After a failure: the server is away, or too many wait. */
const AGAIN_MS = 10_000;

export default function Pair(kit: Kit) {
  const typing = useSignal(false);
  const swap = (): void => void (typing.value = !typing.value);
  return (
    <div class="stage">
      <kit.Bar />
      <main class="centre">
        {typing.value ? <TypeCode kit={kit} onBack={swap} /> : <ShowCode kit={kit} onTyped={swap} />}
      </main>
    </div>
  );
}

function ShowCode({ kit, onTyped }: { kit: Kit; onTyped: () => void }) {
  const code = useSignal('');
  useEffect(() => waitForPairing((next) => (code.value = next), kit.start), []);
  return (
    <section class="card pairing">
      <kit.PageTitle>{ts('pairTitle')}</kit.PageTitle>
      <p>{ts('pairShow')}</p>
      <p class="pair-code num" role="status">
        {code.value || ts('pairWait')}
      </p>
      {code.value && <p class="small">{ts('pairBy', { code: code.value })}</p>}
      <button type="button" class="link" onClick={onTyped}>
        {ts('pairTyped')}
      </button>
    </section>
  );
}

/** Asks for a code, and whether it was confirmed, until it was; a code that ran out is replaced.
 * Returns what ends it. */
function waitForPairing(show: (code: string) => void, start: () => Promise<void>): () => void {
  let over = false;
  let timer = 0;
  let request: api.PairRequest | null = null;

  async function step(): Promise<number> {
    if (!request) {
      request = await api.requestPairing();
      show(request.code);
      return request.pollSeconds * 1000;
    }
    const { state } = await api.claimPairing(request.secret);
    if (state === 'paired') {
      over = true;
      void start();
    }
    if (state === 'waiting') return request.pollSeconds * 1000;
    request = null;
    show('');
    return 0;
  }

  async function turn(): Promise<void> {
    const pause = await step().catch(() => AGAIN_MS);
    if (!over) timer = window.setTimeout(() => void turn(), pause);
  }

  void turn();
  return () => {
    over = true;
    clearTimeout(timer);
  };
}

function TypeCode({ kit, onBack }: { kit: Kit; onBack: () => void }) {
  const code = useSignal('');
  const error = useSignal('');
  const busy = useSignal(false);

  async function submit(e: Event): Promise<void> {
    e.preventDefault();
    if (!code.value.trim() || busy.value) return;
    busy.value = true;
    error.value = '';
    await kit.pairBy(code.value).catch((problem: unknown) => (error.value = kit.tell(problem).text));
    busy.value = false;
  }

  return (
    <form class="card" onSubmit={submit}>
      <kit.PageTitle>{ts('pairTitle')}</kit.PageTitle>
      <p>{ts('pairText')}</p>
      <kit.Field
        id="code"
        label={ts('pairCode')}
        value={code.value}
        onInput={(v) => (code.value = v)}
        error={error.value}
        autocomplete="one-time-code"
        caps
        focus
      />
      <button type="submit" class="pay" disabled={busy.value}>
        <span>{ts('pairGo')}</span>
      </button>
      <p class="small">{ts('pairHint')}</p>
      <button type="button" class="link" onClick={onBack}>
        {ts('pairShown')}
      </button>
    </form>
  );
}

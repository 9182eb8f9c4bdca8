// SPDX-License-Identifier: MIT
/* ByName.tsx - names as buttons, who was here recently first; then the PIN of the chosen one. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { getPeople } from '../api/kiosk';
import type { KioskName } from '../api/types';
import { tell } from '../app/errors';
import { letterOf } from '../app/fold';
import { locale, t } from '../app/i18n';
import { site } from '../app/site';
import { PinCard } from './PinCard';
import { Reader } from './Reader';
import { refusal } from './state';

/** More names than this are shown by letter only. */
const MOST = 60;
const MOST_PAGES = 20;

export function ByName() {
  const people = useSignal<KioskName[] | null>(null);
  const letter = useSignal('');
  const chosen = useSignal<KioskName | null>(null);
  useEffect(() => {
    loadAll((some) => (people.value = some)).catch((e: unknown) => (refusal.value = tell(e).text));
  }, []);

  function choose(who: KioskName | null): void {
    refusal.value = '';
    chosen.value = who;
  }

  return (
    <div class={chosen.value ? 'names picked' : 'names'}>
      <div class="roll">
        <Letters people={people.value ?? []} letter={letter.value} onLetter={(l) => (letter.value = l)} />
        {people.value && <Roll people={people.value} letter={letter.value} chosen={chosen.value} onChoose={choose} />}
      </div>
      {chosen.value ? (
        <PinCard key={chosen.value.id} who={chosen.value} onBack={() => choose(null)} />
      ) : (
        <div class="card hint">
          <p>{t('pickName')}</p>
          {site.value?.identify.badge && <Reader />}
          {site.value?.identify.badge && <p class="sub">{t('holdBadge')}</p>}
        </div>
      )}
    </div>
  );
}

async function loadAll(show: (people: KioskName[]) => void): Promise<void> {
  let people: KioskName[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { data, pagination } = await getPeople(page);
    people = [...people, ...data];
    show(people);
    if (page >= pagination.totalPages) return;
  }
}

interface LettersProps {
  people: KioskName[];
  letter: string;
  onLetter: (l: string) => void;
}

function Letters({ people, letter, onLetter }: LettersProps) {
  const letters = [...new Set(people.map((p) => letterOf(p.name)))].sort();
  const key = (id: string, text: string) => (
    <button type="button" key={id} class="letter" aria-pressed={letter === id} onClick={() => onLetter(id)}>
      {text}
    </button>
  );
  return (
    <div class="letters" role="group" aria-label={t('letters')}>
      {key('', t('all'))}
      {letters.map((l) => key(l, l))}
    </div>
  );
}

interface RollProps {
  people: KioskName[];
  letter: string;
  chosen: KioskName | null;
  onChoose: (p: KioskName) => void;
}

function Roll({ people, letter, chosen, onChoose }: RollProps) {
  const order = new Intl.Collator(locale.value);
  const recent = letter ? [] : people.filter((p) => p.recent);
  const others = people
    .filter((p) => (letter ? letterOf(p.name) === letter : !p.recent))
    .sort((a, b) => order.compare(a.name, b.name));
  const list = (title: string, some: KioskName[]) =>
    some.length > 0 && (
      <>
        <h2 class="sub">{title}</h2>
        <ul class="people">
          {some.map((p) => (
            <li key={p.id}>
              <button type="button" class="person" aria-pressed={chosen?.id === p.id} onClick={() => onChoose(p)}>
                <span class="face" aria-hidden="true">
                  {p.initials}
                </span>
                <span>{p.name}</span>
              </button>
            </li>
          ))}
        </ul>
      </>
    );
  return (
    <div class="scroll">
      {!people.length && <p class="empty">{t('noNames')}</p>}
      {list(t('recentHere'), recent)}
      {list(letter || t('everybody'), letter ? others : others.slice(0, MOST))}
      {!letter && others.length > MOST && <p class="empty">{t('moreNames')}</p>}
    </div>
  );
}

// SPDX-License-Identifier: MIT
/* Pad.tsx - keys on the screen for a number or a PIN. The value itself lives in a real field, so a
 * hardware keyboard and pasting work too. Stands in a form: its big key submits. */
import { useSignal } from '@preact/signals';
import { t } from '../app/i18n';
import { Icon } from './Icon';

interface Props {
  /** Offer letters: employee numbers may have them, PINs have not. */
  letters: boolean;
  onKey: (key: string) => void;
  onDelete: () => void;
  enterText: string;
  busy: boolean;
}

const DIGITS = [...'123456789'];
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ-._'];

export function Pad(props: Props) {
  const alpha = useSignal(false);
  const showLetters = alpha.value && props.letters;
  const key = (k: string) => (
    <button type="button" key={k} class="key" onClick={() => props.onKey(k)}>
      {k}
    </button>
  );
  const erase = (
    <button type="button" class="key soft" onClick={props.onDelete}>
      <Icon name="erase" />
      <span class="vh">{t('keyDelete')}</span>
    </button>
  );
  const swap = (
    <button
      type="button"
      class="key soft"
      onClick={() => (alpha.value = !alpha.value)}
    >
      {showLetters ? '123' : 'ABC'} <span class="vh">{showLetters ? t('keyDigits') : t('keyLetters')}</span>
    </button>
  );
  return (
    <div class="pad" role="group" aria-label={t('keypad')}>
      <div class={showLetters ? 'keys alpha' : 'keys'}>
        {(showLetters ? LETTERS : DIGITS).map(key)}
        {props.letters ? swap : <span />}
        {!showLetters && key('0')}
        {erase}
      </div>
      <button type="submit" class="pay" disabled={props.busy}>
        <span>{props.enterText}</span>
        <Icon name="arrow" />
      </button>
    </div>
  );
}

// SPDX-License-Identifier: MIT
/* Field.tsx - a labelled text field with its error beside it. */
import { useEffect, useRef } from 'preact/hooks';

interface Props {
  id: string;
  label: string;
  value: string;
  onInput: (value: string) => void;
  error?: string;
  type?: 'text' | 'email' | 'password' | 'search';
  autocomplete?: 'off' | 'username' | 'current-password' | 'new-password' | 'one-time-code';
  /** Codes and numbers: no spelling help, no on-screen keyboard of the system where a Pad is shown. */
  caps?: boolean;
  padded?: boolean;
  /** Takes the focus when it appears or when this becomes true. */
  focus?: boolean;
  onFocus?: () => void;
}

export function Field(p: Props) {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (p.focus) ref.current?.focus();
  }, [p.focus]);
  const errorId = `${p.id}-error`;
  return (
    <div class="field">
      <label for={p.id}>{p.label}</label>
      <input
        ref={ref}
        id={p.id}
        name={p.id}
        type={(p.type ?? 'text') as 'text'}
        value={p.value}
        autocomplete={p.autocomplete ?? 'off'}
        autocapitalize={p.caps ? 'characters' : 'none'}
        spellcheck={false}
        inputMode={p.padded ? 'none' : p.type === 'email' ? 'email' : 'text'}
        aria-invalid={p.error ? true : undefined}
        aria-describedby={p.error ? errorId : undefined}
        onInput={(e) => p.onInput(e.currentTarget.value)}
        onFocus={p.onFocus}
      />
      {p.error && (
        <p class="error" id={errorId} role="alert">
          {p.error}
        </p>
      )}
    </div>
  );
}

// SPDX-License-Identifier: MIT
/* Choice.tsx - a row of a few options, one of them chosen: real radio buttons, drawn as a pill. */

interface Props<T extends string> {
  label: string;
  name: string;
  value: T;
  options: { id: T; text: string; lang?: string }[];
  onChoose: (id: T) => void;
}

export function Choice<T extends string>({ label, name, value, options, onChoose }: Props<T>) {
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      <div class="pills">
        {options.map((o) => (
          <label key={o.id} {...(o.lang ? { lang: o.lang } : {})}>
            <input type="radio" name={name} checked={o.id === value} onChange={() => onChoose(o.id)} />
            <span>{o.text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function Switch({ text, on, onChange }: { text: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label class="switch">
      <span>{text}</span>
      <input type="checkbox" role="switch" checked={on} onChange={(e) => onChange(e.currentTarget.checked)} />
    </label>
  );
}

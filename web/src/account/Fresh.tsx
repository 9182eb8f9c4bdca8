// SPDX-License-Identifier: MIT
/* Fresh.tsx - the field for a new password, after its rule. */
import { Field } from '../ui/Field';
import { w } from './words';

interface Props {
  value: string;
  tried: boolean;
  onInput: (value: string) => void;
}

export function Fresh({ value, tried, onInput }: Props) {
  return (
    <>
      <p>{w('rule')}</p>
      <Field
        id="new-password"
        type="password"
        label={w('fresh')}
        autocomplete="new-password"
        value={value}
        onInput={onInput}
        error={tried && !value ? w('needFresh') : ''}
      />
    </>
  );
}

// SPDX-License-Identifier: MIT
/* errors.ts - from a thrown thing to words a person understands. */
import { ApiError } from '../api/client';
import { t, tError } from './i18n';
import { money } from './site';

export interface Told {
  text: string;
  /** Small print that helps the staff find the log line. */
  requestId: string;
}

const MONEY_PARAMS = ['balance', 'required', 'missing', 'expected', 'total', 'limit', 'spent', 'min', 'max'];

export function tell(e: unknown): Told {
  if (!(e instanceof ApiError)) return { text: t('lostTitle'), requestId: '' };
  const { code, params, requestId } = e.problem;
  const args: Record<string, string> = {};
  for (const [name, value] of Object.entries(params)) {
    const isMoney = MONEY_PARAMS.includes(name) && Number.isSafeInteger(value);
    args[name] = isMoney ? money(value as number) : String(value);
  }
  return { text: tError(code, args), requestId: e.status >= 500 ? requestId : '' };
}

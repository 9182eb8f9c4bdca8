// SPDX-License-Identifier: MIT
/* mydata.ts - a person's copy of everything that is kept about them. */
import { send } from './client';

export type Form = 'json' | 'csv';

const TYPES: Record<Form, string> = { json: 'application/json', csv: 'text/csv' };

export const getMyData = async (token: string | null, form: Form): Promise<Blob> =>
  (await send('GET', '/me/export', { token, accept: TYPES[form] })).blob();

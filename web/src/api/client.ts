// SPDX-License-Identifier: MIT
/* client.ts - one small fetch wrapper: bearer, request id, time limit, problem+json.
 * Every call sends X-FF-Request, which the server wants beside its cookies.
 * Throws ApiError (the server answered and refused) or NetError (nobody knows). */
import type { Problem } from './types';
import { linkLost, linkSeen } from '../app/link';

export const BASE = '/api/v1';
const TIME_LIMIT_MS = 15_000;

export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
  get status(): number {
    return this.problem.status;
  }
  get code(): string {
    return this.problem.code;
  }
}

/** No usable answer arrived: the outcome of a write is unknown. */
export class NetError extends Error {}

export interface Call {
  body?: unknown;
  token?: string | null;
  /** Idempotency-Key of a write. */
  key?: string;
  /** Another form than JSON. */
  accept?: string;
}

/** Who wants to know that this browser is no kiosk any more. */
export const onDeviceLost = { tell: (): void => undefined };

export async function call<T>(method: string, path: string, opts: Call = {}): Promise<T> {
  const response = await send(method, path, opts);
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch {
    throw new NetError('answer cut short');
  }
}

/** The answer as it came, when it is none of a refusal. */
export async function send(method: string, path: string, opts: Call): Promise<Response> {
  const headers: Record<string, string> = { Accept: opts.accept ?? 'application/json', 'X-FF-Request': '1' };
  if (opts.token) headers['Authorization'] = `Bearer ${opts.token}`;
  if (opts.key) headers['Idempotency-Key'] = opts.key;
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (opts.body !== undefined) {
    headers['Content-Type'] = 'application/json';
    init.body = JSON.stringify(opts.body);
  }
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), TIME_LIMIT_MS);
  try {
    const response = await fetch(path.startsWith('/health') ? path : BASE + path, {
      ...init,
      signal: limit.signal,
    });
    if (response.status < 500) linkSeen();
    if (!response.ok) throw new ApiError(await readProblem(response));
    return response;
  } catch (e) {
    if (e instanceof ApiError) {
      if (e.code === 'ERR_DEVICE_UNKNOWN') onDeviceLost.tell();
      throw e;
    }
    linkLost();
    throw new NetError(String(e));
  } finally {
    clearTimeout(timer);
  }
}

async function readProblem(response: Response): Promise<Problem> {
  let body: Partial<Problem> = {};
  try {
    body = (await response.json()) as Partial<Problem>;
  } catch {
    /* a proxy's page: the status alone has to do */
  }
  return {
    status: response.status,
    code: body.code ?? (response.status >= 500 ? 'ERR_INTERNAL' : 'ERR_BAD_REQUEST'),
    detail: body.detail ?? '',
    requestId: body.requestId ?? response.headers.get('X-Request-Id') ?? '',
    retry: body.retry ?? 'no',
    params: body.params ?? {},
    errors: body.errors ?? [],
  };
}

// SPDX-License-Identifier: MIT
/* outbox.ts - IndexedDB shelf for purchases whose outcome is unknown, so that a reload or a power
 * cut does not forget them. Where the browser offers no database the shelf is this page's memory. */
import type { Pending, PendingStore } from './pay';

const STORE = 'pending';
const LIMIT_MS = 2000;

export function createOutbox(name = 'feastfrenzy'): PendingStore {
  const memory = new Map<string, Pending>();
  const base = inTime(open(name));

  async function run<T>(
    mode: IDBTransactionMode,
    work: (s: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T | null> {
    const db = await base;
    if (!db) return null;
    const done = new Promise<T>((resolve, reject) => {
      const tx = db.transaction(STORE, mode, { durability: 'strict' });
      const request = work(tx.objectStore(STORE));
      tx.oncomplete = () => resolve(request.result);
      tx.onabort = tx.onerror = () => reject(tx.error);
    });
    return inTime(done);
  }

  return {
    async put(entry) {
      memory.set(entry.key, entry);
      await run('readwrite', (s) => s.put(entry));
    },
    async drop(key) {
      memory.delete(key);
      await run('readwrite', (s) => s.delete(key));
    },
    async all() {
      const kept = await run<Pending[]>('readonly', (s) => s.getAll());
      return kept ?? [...memory.values()];
    },
  };
}

/** null when it fails or hangs: a sick browser profile must not stop the till. */
function inTime<T>(work: Promise<T>): Promise<T | null> {
  const limit = new Promise<null>((done) => setTimeout(() => done(null), LIMIT_MS));
  return Promise.race([work.catch(() => null), limit]);
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'key' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

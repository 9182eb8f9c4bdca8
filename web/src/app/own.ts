// SPDX-License-Identifier: MIT
/* own.ts - lets a tray know what its owner pays of it. */
import { call } from '../api/client';
import { bodyOf } from './cart';
import type { Tray } from './tray';
import type { Lend } from './undo';

/** Once for each tray; without the chunk the tray shows whole prices. */
export const followOwn = (tray: Tray, lend: Lend): Promise<void> =>
  import('./share').then(
    (share) => share.default(tray, lend, call, bodyOf),
    () => undefined,
  );

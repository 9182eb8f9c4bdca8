// SPDX-License-Identifier: MIT
/* Kiosk.tsx - the kiosk: picks the screen, and what may stand over it. The badge listener is
 * installed when this file loads, before anything is drawn. */
import { tell } from '../app/errors';
import { link } from '../app/link';
import { followOwn } from '../app/own';
import { listenForScans } from '../app/scan';
import { t } from '../app/i18n';
import { toast } from '../app/toast';
import { Field } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { PrefsDialog } from '../ui/Prefs';
import { Toasts } from '../ui/Toasts';
import { later } from '../ui/Later';
import { Pad } from '../ui/Pad';
import { PageTitle } from '../ui/PageTitle';
import { Waiting } from '../ui/Waiting';
import { Account } from './Account';
import { Attract } from './Attract';
import { Bar } from './Bar';
import { Down, Unsure } from './Away';
import { Identify } from './Identify';
import { Reader } from './Reader';
import { Sheets, StillThere } from './Sheets';
import { Shop } from './Shop';
import { Thanks } from './Thanks';
import { onScan } from './badge';
import { followLink } from './buy';
import { startClockwork } from './clockwork';
import { leave, pairBy, start } from './flow';
import { linkScan, screen, tray, trouble, withPerson } from './state';

/** What the screens in chunks of their own use of this one. */
const kit = { Bar, Field, Icon, Pad, PageTitle, Reader, leave, linkScan, pairBy, start, tell, toast };
export type Kit = typeof kit;

const SCREENS = {
  boot: Waiting,
  pair: later(() => import('./Pair'), kit),
  link: later(() => import('./LinkBadge'), kit),
  attract: Attract,
  identify: Identify,
  shop: Shop,
  receipt: Thanks,
  account: Account,
  unsure: Unsure,
  down: Down,
};

let running = false;

/** Once per page: the kiosk is never left again but by closing it. */
function run(): void {
  if (running) return;
  running = true;
  listenForScans(onScan);
  startClockwork();
  followLink();
  void followOwn(tray, withPerson);
  window.addEventListener('unhandledrejection', (e) => {
    trouble.value = { text: String(e.reason), requestId: '' };
    screen.value = 'down';
  });
  // Another pairing link opened in the same tab changes only the hash.
  window.addEventListener('hashchange', () => void start());
  void start();
}

export default function Kiosk() {
  run();
  const Screen = SCREENS[screen.value];
  const lost = link.value !== 'ok' && screen.value !== 'boot' && screen.value !== 'down';
  return (
    <div class="app kiosk-app">
      <div role="alert" class="strips">
        {lost && <p class="strip">{t('lostRetrying')}</p>}
      </div>
      <Screen />
      <Sheets />
      <StillThere />
      <PrefsDialog shared />
      <Toasts />
    </div>
  );
}

// SPDX-License-Identifier: MIT
/* main.tsx - the entry: look, routes. Each group of screens is a chunk of its own. */
import { render } from 'preact';
import { followLook } from './app/look';
import { Router, followLinks } from './app/router';
import type { Routes } from './app/router';
import { registerWorker } from './app/worker';
import { Waiting } from './ui/Waiting';

const account = { load: () => import('./account/Account') };
const routes: Routes = {
  '/': { load: () => import('./me/Home') },
  '/kiosk': { load: () => import('./kiosk/Kiosk') },
  '/login': { load: () => import('./me/Login') },
  '/me/data': { load: () => import('./me/MyData') },
  '/products': { load: () => import('./me/Products') },
  '/welcome': { load: () => import('./me/Welcome') },
  '/forgot': account,
  '/code': account,
  '/reset': account,
  '/password': account,
  '*': { load: () => import('./ui/NotFound') },
};

followLook();
followLinks();
const root = document.getElementById('app');
if (root) render(<Router routes={routes} waiting={Waiting} />, root);
registerWorker();

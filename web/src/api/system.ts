// SPDX-License-Identifier: MIT
/* system.ts - what the server says about itself. */
import { call } from './client';
import type { Site } from './types';

export const getSite = () => call<Site>('GET', '/public');
export const getReady = () => call<{ status: string }>('GET', '/health/ready');

// SPDX-License-Identifier: MIT
/* Account.tsx - the pages about passwords, which come together in one chunk. */
import { path } from '../app/router';
import { ChangePassword } from './ChangePassword';
import { Code } from './Code';
import { Forgot } from './Forgot';
import { Reset } from './Reset';

export default function Account() {
  if (path.value === '/forgot') return <Forgot />;
  if (path.value === '/code') return <Code />;
  return path.value === '/password' ? <ChangePassword /> : <Reset />;
}

// SPDX-License-Identifier: MIT
/* en.ts - the sentences about a person's own account: where they are signed in, and proving the
 * password again. They come with the account's chunk. */

export const account = {
  title: 'Your account',
  sessions: 'Where you are signed in',
  sessionsText: 'End what you do not know or no longer use. It is signed out at once.',
  unknown: 'Unknown device',
  current: 'This device',
  facts: 'Signed in {created}, last used {used}, from {address}',
  end: 'Sign out',
  endNamed: 'Sign out of {device}, last used {used}',
  endOthers: 'Sign out everywhere else',
  othersEnded: 'You are signed in on this device only.',
  oneEnded: 'That device is signed out.',
  confirmTitle: 'Please confirm with your password',
  confirmText: 'This could hurt if somebody else sat at your screen.',
  password: 'Password',
  confirm: 'Confirm',
  needPassword: 'Please enter your password.',
  cancel: 'Cancel',
  close: 'Close',
};

export type Account = typeof account;

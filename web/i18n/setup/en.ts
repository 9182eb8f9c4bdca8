// SPDX-License-Identifier: MIT
/* en.ts - the sentences of the screens that a person meets once: pairing a kiosk, linking a badge,
 * making an account. They come with those screens' chunks; hu.ts and de.ts have the same keys. */

export const setup = {
  // pairing
  pairTitle: 'Connect this kiosk',
  pairShow: 'An administrator confirms this code. The kiosk is ready a few seconds later.',
  pairWait: 'Asking the server for a code…',
  pairBy: 'On the server: feastfrenzy kiosk pair {code} --name "Kiosk 1"',
  pairTyped: 'I was given a code',
  pairShown: 'Show a code instead',
  pairText: 'Enter the pairing code that the administrator was given for this kiosk.',
  pairCode: 'Pairing code',
  pairGo: 'Connect',
  pairHint: 'On the server: feastfrenzy kiosk add "Name"',

  // a badge is linked at the kiosk
  linkTitle: 'Link a badge',
  linkText: 'Enter the code that you got from your manager.',
  linkCode: 'Code',
  linkNext: 'Next',
  linkHold: 'Now hold your badge to the reader',
  linkListening: 'The reader is listening. The badge is yours from then on.',
  linkDone: 'This badge is yours now, {name}.',
  linkTaken: 'This badge belongs to somebody already. Try another one.',

  // the invited person makes an account
  welcomeTitle: 'Welcome, {name}',
  welcomeText: 'Choose a password for the canteen’s pages. A PIN for the kiosk is up to you.',
  welcomeEmail: 'E-mail, to sign in with',
  welcomePassword: 'New password',
  welcomeRule: '8 characters or more, with an upper-case letter, a lower-case letter and a digit.',
  welcomePin: 'PIN for the kiosk, if you like',
  welcomePinRule: '{n} to 8 digits, not all alike and not in a row.',
  welcomeGo: 'Make my account',
  welcomeBusy: 'Making your account…',
  welcomeCodeTitle: 'Welcome to the canteen',
  welcomeCodeText: 'Enter the code from your invitation.',
  welcomeNext: 'Next',
  welcomeNeedEmail: 'Please enter your e-mail address.',
  welcomeNeedPassword: 'Please choose a password.',
  welcomeBadPin: 'This PIN is too short, too long or too easy to guess.',
  welcomeTaken: 'This e-mail address has an account already.',
};

export type Setup = typeof setup;

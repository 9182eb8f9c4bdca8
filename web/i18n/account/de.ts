// SPDX-License-Identifier: MIT
/* de.ts - das eigene Konto, auf Deutsch. */
import type { Account } from './en';

export const account: Account = {
  title: 'Ihr Konto',
  sessions: 'Wo Sie angemeldet sind',
  sessionsText: 'Melden Sie ab, was Sie nicht kennen oder nicht mehr benutzen. Es ist sofort abgemeldet.',
  unknown: 'Unbekanntes Gerät',
  current: 'Dieses Gerät',
  facts: 'Angemeldet {created}, zuletzt benutzt {used}, von {address}',
  end: 'Abmelden',
  endNamed: '{device} abmelden, zuletzt benutzt {used}',
  endOthers: 'Überall sonst abmelden',
  othersEnded: 'Sie sind nur noch auf diesem Gerät angemeldet.',
  oneEnded: 'Dieses Gerät ist abgemeldet.',
  confirmTitle: 'Bitte mit Ihrem Passwort bestätigen',
  confirmText: 'Das könnte schaden, wenn jemand anderes an Ihrem Bildschirm säße.',
  password: 'Passwort',
  confirm: 'Bestätigen',
  needPassword: 'Bitte geben Sie Ihr Passwort ein.',
  cancel: 'Abbrechen',
  close: 'Schließen',
};

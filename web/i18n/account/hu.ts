// SPDX-License-Identifier: MIT
/* hu.ts - a saját fiók, magyarul. */
import type { Account } from './en';

export const account: Account = {
  title: 'Az Ön fiókja',
  sessions: 'Hol van bejelentkezve',
  sessionsText: 'Jelentkeztesse ki, amit nem ismer vagy már nem használ. Azonnal megtörténik.',
  unknown: 'Ismeretlen eszköz',
  current: 'Ez az eszköz',
  facts: 'Bejelentkezve: {created}, utoljára használva: {used}, innen: {address}',
  end: 'Kijelentkezés',
  endNamed: 'Kijelentkezés innen: {device}, utoljára használva: {used}',
  endOthers: 'Kijelentkezés mindenhol máshol',
  othersEnded: 'Már csak ezen az eszközön van bejelentkezve.',
  oneEnded: 'Az az eszköz ki van jelentkeztetve.',
  confirmTitle: 'Kérjük, erősítse meg a jelszavával',
  confirmText: 'Ez árthatna, ha más ülne az Ön képernyője előtt.',
  password: 'Jelszó',
  confirm: 'Megerősítés',
  needPassword: 'Kérjük, adja meg a jelszavát.',
  cancel: 'Mégse',
  close: 'Bezárás',
};

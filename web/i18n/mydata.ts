// SPDX-License-Identifier: MIT
/* mydata.ts - the sentences of the page "My data". They come with its chunk, so that no kiosk loads
 * them; English is the shape the others must have. */
import type { Locale } from '../src/api/types';

const en = {
  text: 'Take a copy of everything this canteen keeps about you: who you are, your sign-in and devices, badges, balance, purchases, and who looked at your data.',
  json: 'Download as JSON',
  csv: 'Download as a table (CSV)',
  busy: 'One moment…',
  ready: '{name} is in your downloads.',
  erase: 'To have your data erased, ask the canteen. What you bought stays in the books without your name.',
  back: 'Back to the products',
};
export type MyDataWords = typeof en;

const hu: MyDataWords = {
  text: 'Töltsön le másolatot mindarról, amit ez az étkezde Önről tárol: személyes adatok, belépés és eszközök, belépőkártyák, egyenleg, vásárlások, és hogy ki nézte meg az adatait.',
  json: 'Letöltés JSON-ként',
  csv: 'Letöltés táblázatként (CSV)',
  busy: 'Egy pillanat…',
  ready: 'A(z) {name} a letöltések között van.',
  erase: 'Ha az adatait töröltetni szeretné, forduljon az étkezdéhez. Amit vásárolt, a neve nélkül a könyvelésben marad.',
  back: 'Vissza a termékekhez',
};

const de: MyDataWords = {
  text: 'Holen Sie sich eine Kopie von allem, was diese Kantine über Sie speichert: wer Sie sind, Anmeldung und Geräte, Ausweise, Guthaben, Käufe, und wer Ihre Daten angesehen hat.',
  json: 'Als JSON herunterladen',
  csv: 'Als Tabelle herunterladen (CSV)',
  busy: 'Einen Moment…',
  ready: '{name} liegt in Ihren Downloads.',
  erase: 'Wenn Ihre Daten gelöscht werden sollen, wenden Sie sich an die Kantine. Was Sie gekauft haben, bleibt ohne Ihren Namen in den Büchern.',
  back: 'Zurück zu den Produkten',
};

export const myDataWords: Record<Locale, MyDataWords> = { en, hu, de };

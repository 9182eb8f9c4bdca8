// SPDX-License-Identifier: MIT
/* de.ts - German. */
import type { Setup } from './en';

export const setup: Setup = {
  pairTitle: 'Diesen Kiosk verbinden',
  pairShow: 'Die Verwaltung bestätigt diesen Code. Wenige Sekunden später ist der Kiosk bereit.',
  pairWait: 'Der Server wird um einen Code gebeten…',
  pairBy: 'Auf dem Server: feastfrenzy kiosk pair {code} --name "Kiosk 1"',
  pairTyped: 'Ich habe einen Code bekommen',
  pairShown: 'Stattdessen einen Code zeigen',
  pairText: 'Geben Sie den Kopplungscode ein, den die Verwaltung für diesen Kiosk erhalten hat.',
  pairCode: 'Kopplungscode',
  pairGo: 'Verbinden',
  pairHint: 'Auf dem Server: feastfrenzy kiosk add "Name"',

  linkTitle: 'Ausweis zuordnen',
  linkText: 'Geben Sie den Code ein, den Sie von Ihrer Führungskraft haben.',
  linkCode: 'Code',
  linkNext: 'Weiter',
  linkHold: 'Halten Sie jetzt Ihren Ausweis an das Lesegerät',
  linkListening: 'Das Lesegerät ist bereit. Von da an gehört der Ausweis Ihnen.',
  linkDone: 'Dieser Ausweis gehört jetzt Ihnen, {name}.',
  linkTaken: 'Dieser Ausweis gehört schon jemandem. Versuchen Sie einen anderen.',

  welcomeTitle: 'Willkommen, {name}',
  welcomeText: 'Wählen Sie ein Passwort für die Seiten der Kantine. Eine PIN für den Kiosk ist freiwillig.',
  welcomeEmail: 'E-Mail-Adresse zum Anmelden',
  welcomePassword: 'Neues Passwort',
  welcomeRule: 'Mindestens 8 Zeichen, mit Groß- und Kleinbuchstaben und einer Ziffer.',
  welcomePin: 'PIN für den Kiosk, wenn Sie möchten',
  welcomePinRule: '{n} bis 8 Ziffern, nicht alle gleich und nicht der Reihe nach.',
  welcomeGo: 'Konto anlegen',
  welcomeBusy: 'Ihr Konto wird angelegt…',
  welcomeCodeTitle: 'Willkommen in der Kantine',
  welcomeCodeText: 'Geben Sie den Code aus Ihrer Einladung ein.',
  welcomeNext: 'Weiter',
  welcomeNeedEmail: 'Bitte geben Sie Ihre E-Mail-Adresse ein.',
  welcomeNeedPassword: 'Bitte wählen Sie ein Passwort.',
  welcomeBadPin: 'Diese PIN ist zu kurz, zu lang oder zu leicht zu erraten.',
  welcomeTaken: 'Diese E-Mail-Adresse hat schon ein Konto.',
};

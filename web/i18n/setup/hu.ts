// SPDX-License-Identifier: MIT
/* hu.ts - Hungarian. */
import type { Setup } from './en';

export const setup: Setup = {
  pairTitle: 'A kioszk csatlakoztatása',
  pairShow: 'Egy rendszergazda megerősíti ezt a kódot, és a kioszk néhány másodperc múlva kész.',
  pairWait: 'Kódot kérünk a kiszolgálótól…',
  pairBy: 'A kiszolgálón: feastfrenzy kiosk pair {code} --name "Kioszk 1"',
  pairTyped: 'Kaptam egy kódot',
  pairShown: 'Inkább mutasson kódot',
  pairText: 'Adja meg azt a párosító kódot, amelyet a rendszergazda ehhez a kioszkhoz kapott.',
  pairCode: 'Párosító kód',
  pairGo: 'Csatlakozás',
  pairHint: 'A kiszolgálón: feastfrenzy kiosk add "Név"',

  linkTitle: 'Kártya hozzárendelése',
  linkText: 'Adja meg a kódot, amelyet a vezetőjétől kapott.',
  linkCode: 'Kód',
  linkNext: 'Tovább',
  linkHold: 'Most tartsa a kártyáját az olvasóhoz',
  linkListening: 'Az olvasó figyel. Ettől kezdve a kártya az Öné.',
  linkDone: 'Ez a kártya mostantól az Öné, {name}.',
  linkTaken: 'Ez a kártya már valakié. Próbáljon egy másikat.',

  welcomeTitle: 'Üdvözöljük, {name}',
  welcomeText: 'Válasszon jelszót az étkezde oldalaihoz. A kioszkhoz PIN-kódot is megadhat.',
  welcomeEmail: 'E-mail-cím a belépéshez',
  welcomePassword: 'Új jelszó',
  welcomeRule: 'Legalább 8 karakter, nagybetűvel, kisbetűvel és számjeggyel.',
  welcomePin: 'PIN-kód a kioszkhoz, ha szeretne',
  welcomePinRule: '{n}–8 számjegy, ne legyen mind egyforma vagy egymás utáni.',
  welcomeGo: 'Fiók létrehozása',
  welcomeBusy: 'Létrehozzuk a fiókját…',
  welcomeCodeTitle: 'Üdvözöljük az étkezdében',
  welcomeCodeText: 'Adja meg a meghívójában szereplő kódot.',
  welcomeNext: 'Tovább',
  welcomeNeedEmail: 'Adja meg az e-mail-címét.',
  welcomeNeedPassword: 'Válasszon jelszót.',
  welcomeBadPin: 'Ez a PIN-kód túl rövid, túl hosszú vagy túl könnyen kitalálható.',
  welcomeTaken: 'Ehhez az e-mail-címhez már tartozik fiók.',
};

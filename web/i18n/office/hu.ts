// SPDX-License-Identifier: MIT
/* hu.ts - the same in Hungarian. */
import type { Office } from './en';

export const office: Office = {
  ERR_AUDIT_CHAIN_BROKEN: 'A naplót megváltoztatták a(z) {entry}. bejegyzésnél.',
  ERR_BALANCE_LIMIT: 'Az egyenleg nem haladhatja meg ezt: {max}.',
  ERR_PERIOD_OPEN: 'Ez a hónap még nyitva van.',
  ERR_PAYROLL_STATE: 'Ez a bérlevonási köteggel nem lehetséges.',
  ERR_MONEY_FORMAT: 'Az összeg nem értelmezhető.',
  ERR_IMPORT_ROWS: 'A fájl néhány sora nem értelmezhető.',
  ERR_REFUND_OWN: 'Ezt a visszatérítést másvalakinek kell elvégeznie.',
  ERR_SELF_ACTION: 'Ezt másvalakinek kell elvégeznie.',
  ERR_LAST_ADMIN: 'Legalább egy rendszergazdára szükség van.',
  ERR_IN_USE: 'Ez még használatban van.',
  ERR_APPROVAL_DECIDED: 'Erről már döntöttek.',
  ERR_TILL_CLOSED: 'Ez a pénztár zárva van.',
  ERR_OPENING_BOOKED: 'Ezeket a nyitó egyenlegeket már könyvelték.',
  ERR_ERASURE_BALANCE: 'Még van rendezetlen pénz. Előbb azt kell rendezni.',
  ERR_NOT_ACCEPTABLE: 'A kiszolgáló nem tud ebben a formában válaszolni.',
  ERR_LENGTH_REQUIRED: 'A kérés nem értelmezhető.',
  ERR_TRANSFER_ENCODING: 'A kérés nem értelmezhető.',
  ERR_INVALID_ID: 'Ez nem érvényes szám.',
  ERR_UNKNOWN_FIELD: 'A kérésben ismeretlen mező van. Kérjük, töltse újra az oldalt.',
  ERR_VERSION_CONFLICT: 'Közben valaki módosította. Kérjük, töltse újra.',
  ERR_PRECONDITION_REQUIRED: 'Kérjük, töltse újra az oldalt.',
  ERR_METHOD_NOT_ALLOWED: 'Ez itt nem végezhető el.',
  ERR_UNSUPPORTED_MEDIA_TYPE: 'A kiszolgáló nem ismeri ezt az adatfajtát.',
  ERR_URI_TOO_LONG: 'Túl hosszú a cím.',
  ERR_BODY_TOO_LARGE: 'Ez túl nagy a kiszolgálónak.',
  ERR_IDEMPOTENCY_KEY_REQUIRED: 'Kérjük, próbálja újra.',
};

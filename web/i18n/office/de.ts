// SPDX-License-Identifier: MIT
/* de.ts - the same in German. */
import type { Office } from './en';

export const office: Office = {
  ERR_AUDIT_CHAIN_BROKEN: 'Das Protokoll wurde bei Eintrag {entry} verändert.',
  ERR_BALANCE_LIMIT: 'Das Guthaben darf {max} nicht überschreiten.',
  ERR_PERIOD_OPEN: 'Dieser Monat ist noch offen.',
  ERR_PAYROLL_STATE: 'Das geht mit diesem Abrechnungslauf nicht.',
  ERR_MONEY_FORMAT: 'Der Betrag ist nicht lesbar.',
  ERR_IMPORT_ROWS: 'Einige Zeilen der Datei sind nicht lesbar.',
  ERR_REFUND_OWN: 'Diese Erstattung muss jemand anderes vornehmen.',
  ERR_SELF_ACTION: 'Das muss jemand anderes tun.',
  ERR_LAST_ADMIN: 'Mindestens eine Administratorin oder ein Administrator wird gebraucht.',
  ERR_IN_USE: 'Das wird noch verwendet.',
  ERR_APPROVAL_DECIDED: 'Darüber ist schon entschieden.',
  ERR_TILL_CLOSED: 'Diese Kasse ist geschlossen.',
  ERR_OPENING_BOOKED: 'Diese Anfangsbestände sind schon gebucht.',
  ERR_ERASURE_BALANCE: 'Es ist noch Geld offen. Das muss zuerst geregelt werden.',
  ERR_NOT_ACCEPTABLE: 'Der Server kann nicht in dieser Form antworten.',
  ERR_LENGTH_REQUIRED: 'Die Anfrage ist nicht lesbar.',
  ERR_TRANSFER_ENCODING: 'Die Anfrage ist nicht lesbar.',
  ERR_INVALID_ID: 'Das ist keine gültige Nummer.',
  ERR_UNKNOWN_FIELD: 'Die Anfrage hat ein unbekanntes Feld. Bitte laden Sie die Seite neu.',
  ERR_VERSION_CONFLICT: 'Jemand hat das inzwischen geändert. Bitte laden Sie neu.',
  ERR_PRECONDITION_REQUIRED: 'Bitte laden Sie die Seite neu.',
  ERR_METHOD_NOT_ALLOWED: 'Das geht hier nicht.',
  ERR_UNSUPPORTED_MEDIA_TYPE: 'Der Server kennt diese Art von Daten nicht.',
  ERR_URI_TOO_LONG: 'Die Adresse ist zu lang.',
  ERR_BODY_TOO_LARGE: 'Das ist zu groß für den Server.',
  ERR_IDEMPOTENCY_KEY_REQUIRED: 'Bitte versuchen Sie es noch einmal.',
};

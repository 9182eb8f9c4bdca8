// SPDX-License-Identifier: MIT
/* en.ts - the words for refusals that a buyer never meets: of the office and of programs. They are fetched when
 * one of them comes after all. */
export const office = {
  ERR_AUDIT_CHAIN_BROKEN: 'The audit log was altered at entry {entry}.',
  ERR_BALANCE_LIMIT: 'The balance may not exceed {max}.',
  ERR_PERIOD_OPEN: 'This month is still open.',
  ERR_PAYROLL_STATE: 'That cannot be done with this payroll batch.',
  ERR_MONEY_FORMAT: 'The amount could not be read.',
  ERR_IMPORT_ROWS: 'Some rows of the file could not be read.',
  ERR_REFUND_OWN: 'Someone else must do this refund.',
  ERR_SELF_ACTION: 'Someone else must do this.',
  ERR_LAST_ADMIN: 'At least one administrator is needed.',
  ERR_IN_USE: 'This is still in use.',
  ERR_APPROVAL_DECIDED: 'This was decided before.',
  ERR_TILL_CLOSED: 'This till is closed.',
  ERR_OPENING_BOOKED: 'These opening balances were booked before.',
  ERR_ERASURE_BALANCE: 'Money is still open here. Settle it first.',
  ERR_NOT_ACCEPTABLE: 'The server cannot answer in this form.',
  ERR_LENGTH_REQUIRED: 'The request could not be read.',
  ERR_TRANSFER_ENCODING: 'The request could not be read.',
  ERR_INVALID_ID: 'This is not a valid number.',
  ERR_UNKNOWN_FIELD: 'The request has an unknown field. Please reload the page.',
  ERR_VERSION_CONFLICT: 'Someone changed this meanwhile. Please reload.',
  ERR_PRECONDITION_REQUIRED: 'Please reload the page.',
  ERR_METHOD_NOT_ALLOWED: 'This cannot be done here.',
  ERR_UNSUPPORTED_MEDIA_TYPE: 'The server does not understand this kind of data.',
  ERR_URI_TOO_LONG: 'The address is too long.',
  ERR_BODY_TOO_LARGE: 'This is too large for the server.',
  ERR_IDEMPOTENCY_KEY_REQUIRED: 'Please try again.',
};

export type Office = typeof office;

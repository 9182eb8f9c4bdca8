// SPDX-License-Identifier: MIT
/* money.ts - amounts are integers in minor units; this is the only place that makes text of them.
 * The decimal point is set in a string, so no amount ever becomes a fraction. */

const formats = new Map<string, Intl.NumberFormat>();

/** "-1234" with 2 decimals is "-12.34". Throws on anything that is not a safe integer. */
export function toDecimal(minor: number, decimals: number): string {
  if (!Number.isSafeInteger(minor)) throw new RangeError('money is an integer');
  const sign = minor < 0 ? '-' : '';
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

export function formatMoney(minor: number, currency: string, decimals: number, locale: string): string {
  const text = toDecimal(minor, decimals) as Intl.StringNumericLiteral;
  // A real minus sign: the hyphen of Intl is short and easily missed.
  return format(currency, decimals, locale).format(text).replace('-', '\u2212');
}

function format(currency: string, decimals: number, locale: string): Intl.NumberFormat {
  const id = `${locale}/${currency}/${decimals}`;
  let found = formats.get(id);
  if (!found) {
    found = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    formats.set(id, found);
  }
  return found;
}

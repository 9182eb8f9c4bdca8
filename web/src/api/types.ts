// SPDX-License-Identifier: MIT
/* types.ts - the wire as the UI sees it. Money is an integer in minor units, instants are
 * RFC 3339 strings. Only what a screen reads is listed; the server may send more. */

export type Locale = 'en' | 'hu' | 'de';
export type Role = 'employee' | 'manager' | 'admin';
export type Glaze = 'coffee' | 'meal' | 'green' | 'bake' | 'drink' | 'sweet';

export interface Site {
  siteName: string;
  currency: string;
  decimals: number;
  locale: Locale;
  timeZone: string;
  identify: { badge: boolean; number: boolean; name: boolean };
  idleSeconds: number;
  undoSeconds: number;
  demo: boolean;
  testClock: boolean;
  /** A forgotten password is helped by a message. */
  mail: boolean;
  version: string;
  buildId: string;
}

/** What a tray would cost its buyer. */
export interface Quote {
  own: number;
}

export interface FieldProblem {
  pointer: string;
  code: string;
  detail: string;
  min?: number;
  max?: number;
}

export interface Problem {
  status: number;
  code: string;
  detail: string;
  requestId: string;
  retry: string;
  params: Record<string, unknown>;
  errors: FieldProblem[];
}

export interface List<T> {
  data: T[];
  pagination: { page: number; limit: number; total: number; totalPages: number };
}

export interface User {
  id: number;
  email: string;
  name: string;
  role: Role;
  employeeId: number | null;
  departmentId: number | null;
  siteWide: boolean;
}

export interface SignedIn {
  accessToken: string;
  refreshToken: string | null;
  expiresIn: number;
  user: User;
}

export interface Category {
  id: number;
  name: string;
  emoji: string | null;
  glaze: Glaze;
  sort: number;
  version: number;
}

export interface Product {
  id: number;
  name: string;
  price: number;
  categoryId: number;
  category: string;
  description: string | null;
  available: boolean;
  archived: boolean;
  emoji: string | null;
  glaze: Glaze | null;
  sort: number;
}

export interface Catalogue {
  categories: Category[];
  products: Product[];
}

export interface PurchaseLine {
  lineNo: number;
  productId: number;
  name: string;
  quantity: number;
  unitPrice: number;
  total: number;
}

export interface Purchase {
  id: number;
  employeeId: number;
  employeeName: string;
  recordedAt: string;
  businessDate: string;
  total: number;
  /** what the person pays of it; the employer pays the rest */
  own: number;
  balanceAfter: number;
  items: PurchaseLine[];
  undone: boolean;
  undoUntil: string | null;
  undoSeconds: number;
  receiptCode: string;
  device: string | null;
  replayed: boolean;
}

export interface PurchaseBody {
  items: { productId: number; quantity: number }[];
  expectedTotal: number;
}

export interface Undone {
  id: number;
  purchaseId: number;
  amount: number;
  balanceAfter: number;
  recordedAt: string;
  replayed: boolean;
}

export interface Balance {
  employeeId: number;
  balance: number;
  floor: number;
  spendable: number;
  monthlyLimit: number | null;
  monthSpent: number;
  at: string;
}

export interface Person {
  employeeId: number;
  name: string;
  firstName: string;
  initials: string;
  department: string | null;
  number: string;
  balance: number;
  floor: number;
  spendable: number;
  monthlyLimit: number | null;
  monthSpent: number;
  locale: Locale | null;
  usuals: number[];
  lastPurchases: Purchase[];
}

export interface Identified {
  token: string;
  idleSeconds: number;
  person: Person;
}

export interface KioskName {
  id: number;
  name: string;
  initials: string;
  recent: boolean;
}

export interface Device {
  id: number;
  name: string;
}

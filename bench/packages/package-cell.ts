/** A package as people use it first: a cell, and what it must show. */
export interface PackageCell {
  readonly name: string;
  /** What else is installed for it. */
  readonly also?: readonly string[];
  readonly code: string;
  /** The text of the result, or a part of what is displayed by a MIME type. */
  readonly gives: string | { readonly type: string; readonly part: string };
}

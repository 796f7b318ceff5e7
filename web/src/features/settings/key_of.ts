// SPDX-License-Identifier: Apache-2.0
// A name becomes an identifier: small Latin letters, digits and _.
export function key_of(name: string): string {
  const latin = name
    .toLowerCase()
    .replaceAll("æ", "ae")
    .replaceAll("ø", "oe")
    .replaceAll("å", "aa");
  const plain = latin.normalize("NFD").replace(/[^a-z0-9]+/g, "_");
  return plain.replace(/^_+|_+$/g, "").replace(/^(?=\d)/, "x_");
}

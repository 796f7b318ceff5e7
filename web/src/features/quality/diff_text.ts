// SPDX-License-Identifier: Apache-2.0
// What a suggestion changes, letter by letter: what goes, what comes, what stays. Pure.

export interface Piece {
  text: string;
  kind: "same" | "gone" | "new";
}

// Beyond that nobody reads single letters, and the table would be large.
const LETTERS_MAX = 120;
// With less in common it is another text, and shown as one.
const SAME_SHARE_MIN = 0.4;

export function diff_text(before: string, after: string): Piece[] {
  const old_letters = [...before];
  const new_letters = [...after];
  const whole = [piece(before, "gone"), piece(after, "new")].flat();
  if (before === after) return piece(after, "same");
  if (Math.max(old_letters.length, new_letters.length) > LETTERS_MAX) return whole;
  const pieces = walk(old_letters, new_letters, table_of(old_letters, new_letters));
  const same = pieces.reduce((sum, one) => sum + (one.kind === "same" ? one.text.length : 0), 0);
  return same >= SAME_SHARE_MIN * Math.max(before.length, after.length) ? pieces : whole;
}

const piece = (text: string, kind: Piece["kind"]): Piece[] => (text ? [{ text, kind }] : []);

// The length of what two ends of the texts have in common, for each pair of ends.
function table_of(before: string[], after: string[]): number[][] {
  const table = Array.from({ length: before.length + 1 }, () =>
    new Array<number>(after.length + 1).fill(0),
  );
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const alike = before[i] === after[j];
      table[i]![j] = alike
        ? table[i + 1]![j + 1]! + 1
        : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
    }
  }
  return table;
}

function walk(before: string[], after: string[], table: number[][]): Piece[] {
  const pieces: Piece[] = [];
  const add = (letter: string, kind: Piece["kind"]) => {
    const last = pieces.at(-1);
    if (last?.kind === kind) last.text += letter;
    else pieces.push({ text: letter, kind });
  };
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      add(before[i++]!, "same");
      j++;
    } else if (j >= after.length || (i < before.length && table[i + 1]![j]! >= table[i]![j + 1]!)) {
      add(before[i++]!, "gone");
    } else {
      add(after[j++]!, "new");
    }
  }
  return pieces;
}

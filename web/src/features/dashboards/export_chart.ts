// SPDX-License-Identifier: Apache-2.0
// Files made in the browser from what the tile shows already: no further call, no further right.
import { csv_rows, csv_text, type Shape } from "./series";

const PNG_SCALE = 2;

function save(name: string, url: string) {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
}

const file_name = (title: string) => title.replace(/[^\p{L}\p{N} _-]+/gu, "").trim() || "tile";

export function save_csv(title: string, shape: Shape, first: string) {
  const url = URL.createObjectURL(
    new Blob([csv_text(csv_rows(shape, first))], { type: "text/csv;charset=utf-8" }),
  );
  save(`${file_name(title)}.csv`, url);
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

// The picture on the tile's own ground, twice as fine as on the screen.
export async function save_png(title: string, svg_url: string, size: DOMRect, ground: string) {
  const picture = new Image();
  picture.src = svg_url;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = size.width * PNG_SCALE;
  canvas.height = size.height * PNG_SCALE;
  const context = canvas.getContext("2d")!;
  context.fillStyle = ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  save(`${file_name(title)}.png`, canvas.toDataURL("image/png"));
}

// SPDX-License-Identifier: Apache-2.0
// What a script about one part of the product begins with: a page that is signed in, and short
// words for what is done with it.
import assert from "node:assert/strict";
import { base, finish, launch, open_page, shots, test } from "./browser.mjs";

// A call of the API by the one whose request it is. An answer that is no success is a failure.
export async function send(request, method, path, data) {
  const answer = await request.fetch(`${base}/api/v1${path}`, { method, data });
  const text = await answer.text();
  assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${text.slice(0, 300)}`);
  return text ? JSON.parse(text) : null;
}

// `part` begins the names of its pictures; the options are those of open_page().
export async function open_stage(part, options) {
  if (!base) throw new Error("FOKUS_URL names the server");
  const browser = await launch();
  const page = await open_page(browser, options);
  const call = (method, path, data) => send(page.request, method, path, data);
  return {
    browser,
    page,
    call,
    get: (path) => call("GET", path),
    dialog: page.getByRole("dialog"),
    test: (name, run) => test(page, name, run),
    // A picture, when pictures are wanted.
    shot: async (name) => shots && page.screenshot({ path: `${shots}/${part}_${name}.png` }),
    end: (what) => finish(browser, what),
  };
}

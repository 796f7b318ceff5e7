// SPDX-License-Identifier: Apache-2.0
// The built screens, as the real server gives them out.
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const TYPES = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".html": "text/html",
};
const CSP = [
  "default-src 'self'",
  "style-src 'self' 'nonce-test'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

export function serve_file(path, response) {
  const file = join(dist, path);
  if (path !== "/" && existsSync(file) && extname(file)) {
    response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" });
    return createReadStream(file).pipe(response);
  }
  response.writeHead(200, { "Content-Type": "text/html", "Content-Security-Policy": CSP });
  response.end(readFileSync(join(dist, "index.html"), "utf8").replace("__NONCE__", "test"));
}

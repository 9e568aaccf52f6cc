// node web_test.mjs DESCRIPTORS: @connectrpc/connect-web in a browser, on pages of two origins. Prints the one that the server
// is to allow, and then reads the server's URL from standard input.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const folder = path.dirname(fileURLToPath(import.meta.url));
const descriptors = readFileSync(process.argv[2]);

// Packages as they are published, found by the browser itself.
const imports = { "@bufbuild/protobuf": "/node_modules/@bufbuild/protobuf/dist/esm/index.js" };
for (const part of ["codegenv1", "codegenv2", "reflect", "wire", "wkt"]) {
  imports[`@bufbuild/protobuf/${part}`] = `/node_modules/@bufbuild/protobuf/dist/esm/${part}/index.js`;
}
for (const part of ["connect", "connect-web"]) {
  imports[`@connectrpc/${part}`] = `/node_modules/@connectrpc/${part}/dist/esm/index.js`;
}
for (const part of ["protocol", "protocol-connect", "protocol-grpc", "protocol-grpc-web"]) {
  imports[`@connectrpc/connect/${part}`] = `/node_modules/@connectrpc/connect/dist/esm/${part}/index.js`;
}
const html = `<!doctype html><meta charset="utf-8"><script type="importmap">${JSON.stringify({ imports })}</script>`;

function pageServer() {
  const server = createServer((request, response) => {
    const file = path.join(folder, path.normalize(request.url.split("?")[0]));
    if (request.url === "/") return response.setHeader("Content-Type", "text/html").end(html);
    if (request.url === "/descriptors") return response.end(descriptors);
    if (!existsSync(file)) return response.writeHead(404).end();
    return response.setHeader("Content-Type", "text/javascript").end(readFileSync(file));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

const pages = [await pageServer(), await pageServer()];
const [allowed, stranger] = pages.map((page) => `http://127.0.0.1:${page.address().port}`);
console.log(allowed);
const input = createInterface({ input: process.stdin });
const baseUrl = await input.question("");
input.close();

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--no-first-run"] });

// "ok", or why not, by kind of transport.
async function results(origin) {
  const page = await browser.newPage();
  await page.goto(origin);
  const found = await page.evaluate(async (baseUrl) => {
    const { checkCalls, registryOf } = await import("/calls.mjs");
    const { createConnectTransport, createGrpcWebTransport } = await import("@connectrpc/connect-web");
    const registry = registryOf(new Uint8Array(await (await fetch("/descriptors")).arrayBuffer()));
    const jsonOptions = { registry };
    const transports = {
      JSON: createConnectTransport({ baseUrl, jsonOptions }),
      binary: createConnectTransport({ baseUrl, useBinaryFormat: true }),
      "gRPC-Web": createGrpcWebTransport({ baseUrl }),
    };
    const found = {};
    for (const [name, transport] of Object.entries(transports)) {
      found[name] = await checkCalls(transport, registry).then(() => "ok", (error) => String(error));
    }
    return found;
  }, baseUrl);
  await page.close();
  return found;
}

let failed = false;
for (const [name, result] of Object.entries(await results(allowed))) {
  console.log(`${result === "ok" ? "ok" : "not ok"} ${name}: ${result}`);
  failed ||= result !== "ok";
}
for (const [name, result] of Object.entries(await results(stranger))) {
  const kept = /Failed to fetch/.test(result);
  console.log(`${kept ? "ok" : "not ok"} ${name} of another origin: ${result}`);
  failed ||= !kept;
}
await browser.close();
pages.forEach((page) => page.close());
process.exitCode = failed ? 1 : 0;

// node node_test.mjs URL DESCRIPTORS: @connectrpc/connect-node, JSON and binary, plain and compressed.
import { readFileSync } from "node:fs";
import { compressionGzip, createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { checkCalls, registryOf } from "./calls.mjs";

const [baseUrl, descriptors] = process.argv.slice(2);
const registry = registryOf(readFileSync(descriptors));
const gzip = { sendCompression: compressionGzip, acceptCompression: [compressionGzip], compressMinBytes: 100 };
const plain = { acceptCompression: [] };
const jsonOptions = { registry };
for (const [name, transport] of [
  ["JSON", createConnectTransport({ baseUrl, httpVersion: "1.1", useBinaryFormat: false, jsonOptions, ...plain })],
  ["JSON, gzip", createConnectTransport({ baseUrl, httpVersion: "1.1", useBinaryFormat: false, jsonOptions, ...gzip })],
  ["binary", createConnectTransport({ baseUrl, httpVersion: "1.1", useBinaryFormat: true, ...plain })],
  ["binary, gzip", createConnectTransport({ baseUrl, httpVersion: "1.1", useBinaryFormat: true, ...gzip })],
  ["gRPC-Web", createGrpcWebTransport({ baseUrl, httpVersion: "1.1", useBinaryFormat: true, ...plain })],
]) {
  await checkCalls(transport, registry).catch((error) => {
    throw new Error(`${name}: ${error.message}`, { cause: error });
  });
  console.log(`ok ${name}`);
}

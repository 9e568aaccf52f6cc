// Makes the cases from Node.js. usage: runner.mjs DESCRIPTORS grpc|http ADDRESS CASES
import {createFileRegistry, fromBinary, fromJson, toBinary, toJson} from '@bufbuild/protobuf';
import {FileDescriptorSetSchema} from '@bufbuild/protobuf/wkt';
import grpc from '@grpc/grpc-js';
import {readFileSync} from 'node:fs';

const [descriptors, transport, address, cases] = process.argv.slice(2);
const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(descriptors)));

async function overHttp(method, request) {
  const response = await fetch(`http://${address}/${method}`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(request),
    signal: AbortSignal.timeout(60_000),
  });
  return {[response.ok ? 'answer' : 'error']: await response.json()};
}

function errorOf(failed) {
  const [status] = failed.metadata.get('grpc-status-details-bin');
  const {details} = status ? fromBinary(registry.getMessage('google.rpc.Status'), status) : {details: []};
  return {
    code: grpc.status[failed.code],
    message: failed.details,
    details: details.map(({typeUrl, value}) => ({type: typeUrl, value: Buffer.from(value).toString('base64')})),
  };
}

function overGrpc(client, method, request) {
  const [service, name] = method.split('/');
  const {input, output} = registry.getService(service).methods.find((each) => each.name === name);
  const options = {deadline: Date.now() + 60_000};
  return new Promise((resolve) => {
    client.makeUnaryRequest(
        `/${method}`, (message) => Buffer.from(toBinary(input, message)), (bytes) => fromBinary(output, bytes),
        fromJson(input, request, {registry}), new grpc.Metadata(), options,
        (failed, response) =>
          resolve(failed ? {error: errorOf(failed)} : {answer: toJson(output, response, {registry})}));
  });
}

const client = transport === 'grpc' && new grpc.Client(address, grpc.credentials.createInsecure());
for (const line of readFileSync(cases, 'utf8').trimEnd().split('\n')) {
  const {name, method, request} = JSON.parse(line);
  const result = await (client ? overGrpc(client, method, request) : overHttp(method, request));
  console.log(JSON.stringify({name, ...result}));
}
if (client) client.close();

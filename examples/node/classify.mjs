// Classifies one article, a batch and a stream over gRPC. usage: ./run [TARGET]
// RUBRICATOR_CA: PEM of the authority to trust, switches TLS on. RUBRICATOR_TOKEN: bearer token.
import {create, fromBinary, toBinary} from '@bufbuild/protobuf';
import {anyUnpack} from '@bufbuild/protobuf/wkt';
import grpc from '@grpc/grpc-js';
import {readFileSync} from 'node:fs';

import {BadRequestSchema} from './stubs/google/rpc/error_details_pb.js';
import {StatusSchema} from './stubs/google/rpc/status_pb.js';
import {ArticleField, OffsetEncoding} from './stubs/rubricator/v1/analysis_pb.js';
import {ClassificationService} from './stubs/rubricator/v1/classification_service_pb.js';

// A call that ends in UNAVAILABLE is tried again; any other error is final.
const SERVICE_CONFIG = JSON.stringify({methodConfig: [{name: [{}], retryPolicy: {
  maxAttempts: 3, initialBackoff: '0.1s', maxBackoff: '1s', backoffMultiplier: 2, retryableStatusCodes: ['UNAVAILABLE'],
}}]});
const DEADLINE_MS = 5_000;

const MEETING = {
  id: 'meeting', title: 'Presidents of Kazakhstan and China discuss border security',
  body: 'The presidents of Kazakhstan and China met in Astana on Tuesday. They agreed on joint border patrols and ' +
      'military exercises, and on a culture centre and scholarships for students. Their foreign ministers signed ' +
      'a declaration on diplomatic relations.',
};
const BLANK = {id: 'blank', body: ' '};

/** The client of a service described by protoc-gen-es, its methods by their names in lower camel case. */
function clientOf(service) {
  return grpc.makeClientConstructor(Object.fromEntries(service.methods.map((method) => [method.localName, {
    path: `/${service.typeName}/${method.name}`,
    requestStream: method.methodKind.includes('bidi'),
    responseStream: method.methodKind.includes('bidi'),
    requestSerialize: (request) => Buffer.from(toBinary(method.input, create(method.input, request))),
    requestDeserialize: (bytes) => fromBinary(method.input, bytes),
    responseSerialize: (response) => Buffer.from(toBinary(method.output, response)),
    responseDeserialize: (bytes) => fromBinary(method.output, bytes),
  }])), service.typeName);
}

function credentials() {
  const authority = process.env.RUBRICATOR_CA;
  return authority ? grpc.credentials.createSsl(readFileSync(authority)) : grpc.credentials.createInsecure();
}

function metadata() {
  const token = process.env.RUBRICATOR_TOKEN;
  return grpc.Metadata.fromHttp2Headers(token ? {authorization: `Bearer ${token}`} : {});
}

const options = () => ({deadline: Date.now() + DEADLINE_MS});

function show({topics, regions, desks}) {
  for (const {confidence, displayName, evidence} of topics) {
    const words = evidence.slice(0, 3).map(({text}) => text).join(', ');
    console.log(`topic    ${confidence.toFixed(2)}  ${displayName}: ${words}`);
  }
  for (const {confidence, displayName, evidence: [first]} of regions) {
    console.log(`country  ${confidence.toFixed(2)}  ${displayName}`);
    if (first) { // offsets count UTF-16 units, so they fit JavaScript's strings
      const field = first.field === ArticleField.TITLE ? MEETING.title : MEETING.body;
      console.log(`               first named as "${field.slice(first.begin, first.end)}"`);
    }
  }
  for (const {displayName, reason} of desks) console.log(`desk           ${displayName}, because ${reason}`);
}

const verdict = ({result}) => result.case === 'error' ? result.value.message : 'classified';

/** The fields at fault, from the google.rpc.BadRequest that comes with the error. */
function explain(error) {
  const [status] = error.metadata?.get('grpc-status-details-bin') ?? [];
  const details = status ? fromBinary(StatusSchema, status).details : [];
  const fields = details.flatMap((any) => anyUnpack(any, BadRequestSchema)?.fieldViolations ?? []).map(({field}) => field);
  return `${grpc.status[error.code]}: ${error.details} (field: ${fields.join(', ')})`;
}

const Client = clientOf(ClassificationService);
const client = new Client(process.argv[2] ?? '127.0.0.1:50051', credentials(), {'grpc.service_config': SERVICE_CONFIG});
const call = (method, request) => new Promise((resolve, reject) =>
  client[method](request, metadata(), options(), (error, response) => error ? reject(error) : resolve(response)));

try {
  const evidence = {includeEvidence: true, offsetEncoding: OffsetEncoding.UTF16};
  show((await call('classifyArticle', {article: MEETING, options: evidence})).analysis);

  for (const result of (await call('batchClassifyArticles', {articles: [MEETING, BLANK]})).results) {
    console.log(`batch    ${result.articleId}: ${verdict(result)}`);
  }

  const stream = client.streamClassifyArticles(metadata(), options());
  for (const article of [MEETING, BLANK, MEETING]) stream.write({article});
  stream.end();
  for await (const {result} of stream) console.log(`stream   ${result.articleId}: ${verdict(result)}`);

  await call('classifyArticle', {article: BLANK}).catch((error) => console.log(`error    ${explain(error)}`));
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
} finally {
  client.close();
}

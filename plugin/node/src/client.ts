import {create, type DescMessage, type DescMethod, type DescService, fromBinary, type MessageInitShape, type MessageShape, toBinary}
  from '@bufbuild/protobuf';
import {Client as GrpcClient, Metadata, type ServiceError} from '@grpc/grpc-js';

import {channelOptions, type ClientOptions, credentialsOf} from './channel.js';
import {fromCall, fromStatus, RubricatorError} from './error.js';
import {type Analysis, OffsetEncoding} from './stubs/rubricator/v1/analysis_pb.js';
import type {ArticleSchema} from './stubs/rubricator/v1/article_pb.js';
import {ClassificationService, type ClassifyOptionsSchema, type ClassifyResult}
  from './stubs/rubricator/v1/classification_service_pb.js';
import {type Correction, CorrectionService, type CorrectionSchema} from './stubs/rubricator/v1/correction_service_pb.js';
import {type Model, ModelService} from './stubs/rubricator/v1/model_service_pb.js';
import {type PreviewRoutingResponse, RoutingService} from './stubs/rubricator/v1/routing_service_pb.js';

export type Article = MessageInitShape<typeof ArticleSchema>;
export type ClassifyOptions = MessageInitShape<typeof ClassifyOptionsSchema>;
export type NewCorrection = MessageInitShape<typeof CorrectionSchema>;

export interface CallOptions {
  /** Of this call, in milliseconds; default: the client's. */
  timeoutMs?: number;
  /** Ends the call with CANCELLED. */
  signal?: AbortSignal;
}

/** An analysis, or why there is none, of one article among many. */
export type Result = {articleId: string, analysis: Analysis, error?: never} |
    {articleId: string, analysis?: never, error: RubricatorError};

const BATCH_MS_PER_ARTICLE = 20;
const DEFAULT_TIMEOUT_MS = 2_000;

function resultOf({articleId, result}: ClassifyResult): Result {
  if (result.case === 'analysis') return {articleId, analysis: result.value};
  const error = result.case === 'error' ? fromStatus(result.value) : new RubricatorError('INTERNAL', 'an empty result');
  return {articleId, error};
}

/** Evidence is counted in UTF-16 units unless asked otherwise, so that it fits JavaScript's strings. */
function withOffsets(options: ClassifyOptions = {}): ClassifyOptions {
  return {offsetEncoding: OffsetEncoding.UTF16, ...options};
}

/**
 * Asks a Rubricator server. One for each target is enough: calls share a connection, which is made at the first of them.
 * Every call has a deadline and rejects with a RubricatorError.
 */
export class RubricatorClient {
  readonly #grpc: GrpcClient;
  readonly #options: ClientOptions;

  /** `target`: "host:50051", "dns:///host:50051" or "unix:/path". Throws for TLS files or a token that cannot be used. */
  constructor(readonly target: string, options: ClientOptions = {}) {
    this.#options = options;
    this.#grpc = new GrpcClient(target, credentialsOf(target, options), channelOptions(options.maxAttempts));
  }

  /** Topics, countries and desks of one article. */
  async classify(article: Article, options?: ClassifyOptions, call?: CallOptions): Promise<Analysis> {
    const request = {article, options: withOffsets(options)};
    const {analysis} = await this.call(ClassificationService, ClassificationService.method.classifyArticle, request, call);
    if (!analysis) throw new RubricatorError('INTERNAL', 'the server sent no analysis');
    return analysis;
  }

  /** One result for each of 1 to 1,000 articles, in their order; a bad article fails alone. */
  async classifyBatch(articles: readonly Article[], options?: ClassifyOptions, call: CallOptions = {}): Promise<Result[]> {
    const timeoutMs = call.timeoutMs ?? this.#timeoutMs() + BATCH_MS_PER_ARTICLE * articles.length;
    const request = {articles: [...articles], options: withOffsets(options)};
    const {results} =
        await this.call(ClassificationService, ClassificationService.method.batchClassifyArticles, request, {...call, timeoutMs});
    return results.map(resultOf);
  }

  /**
   * One result for each article, in order, as they come; reads ahead at most `window` articles. Without `timeoutMs` the
   * stream as a whole has no deadline.
   */
  async* classifyStream(articles: AsyncIterable<Article> | Iterable<Article>, options?: ClassifyOptions,
      {timeoutMs, signal, window = 32}: CallOptions & {window?: number} = {}): AsyncGenerator<Result, void, undefined> {
    const {input, output, name} = ClassificationService.method.streamClassifyArticles;
    const stream = this.#grpc.makeBidiStreamRequest(`/${ClassificationService.typeName}/${name}`,
        (request: MessageInitShape<typeof input>) => Buffer.from(toBinary(input, create(input, request))),
        (bytes) => fromBinary(output, bytes), this.#metadata(),
        timeoutMs === undefined ? {} : {deadline: Date.now() + timeoutMs});
    const cancel = () => stream.cancel();
    signal?.addEventListener('abort', cancel, {once: true});
    let failure: unknown;
    let room = window;
    let wake = () => {};
    const send = async () => {
      try {
        for await (const article of articles) {
          if (stream.destroyed) return;
          stream.write({article, options: withOffsets(options)});
          room -= 1;
          while (room === 0 && !stream.destroyed) await new Promise<void>((resolve) => { wake = resolve; });
        }
        stream.end();
      } catch (error) { // the caller's articles threw
        failure = error;
        stream.cancel();
      }
    };
    const sending = send();
    try {
      if (signal?.aborted) stream.cancel();
      for await (const {result} of stream as AsyncIterable<MessageShape<typeof output>>) {
        room += 1;
        wake();
        if (result) yield resultOf(result);
      }
    } catch (error) {
      throw failure ?? fromCall(error as ServiceError);
    } finally {
      signal?.removeEventListener('abort', cancel);
      stream.cancel();
      wake();
      await sending;
    }
  }

  /** What the live rules, or `rulesYaml`, would do with the article, and why. */
  previewRouting(article: Article, rulesYaml = '', call?: CallOptions): Promise<PreviewRoutingResponse> {
    return this.call(RoutingService, RoutingService.method.previewRouting, {article, rulesYaml}, call);
  }

  /** Keeps what an editor left. The same key with the same correction is kept once. */
  async recordCorrection(correction: NewCorrection, idempotencyKey: string, call?: CallOptions): Promise<Correction> {
    const request = {correction, idempotencyKey};
    const answer = await this.call(CorrectionService, CorrectionService.method.recordCorrection, request, call);
    if (!answer.correction) throw new RubricatorError('INTERNAL', 'the server sent no correction');
    return answer.correction;
  }

  /** The active model with its card, or the one of `version`. */
  async model(version = '', call?: CallOptions): Promise<Model> {
    const {model} = await this.call(ModelService, ModelService.method.getModel, {version}, call);
    if (!model) throw new RubricatorError('INTERNAL', 'the server sent no model');
    return model;
  }

  /** Any unary method of the API. */
  call<I extends DescMessage, O extends DescMessage>(service: DescService, method: DescMethod & {input: I, output: O},
      request: MessageInitShape<I>, {timeoutMs = this.#timeoutMs(), signal}: CallOptions = {}): Promise<MessageShape<O>> {
    return new Promise((resolve, reject) => {
      const cancel = () => call.cancel();
      const call = this.#grpc.makeUnaryRequest(`/${service.typeName}/${method.name}`,
          (message: MessageShape<I>) => Buffer.from(toBinary(method.input, message)),
          (bytes) => fromBinary(method.output, bytes), create(method.input, request), this.#metadata(),
          {deadline: Date.now() + timeoutMs}, (error, response) => {
            signal?.removeEventListener('abort', cancel);
            if (error || !response) reject(fromCall(error as ServiceError));
            else resolve(response);
          });
      signal?.addEventListener('abort', cancel, {once: true});
      if (signal?.aborted) cancel();
    });
  }

  /** Ends the connection; calls under way end with CANCELLED. */
  close(): void {
    this.#grpc.close();
  }

  #timeoutMs(): number {
    return this.#options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  }

  #metadata(): Metadata {
    const metadata = new Metadata();
    if (this.#options.token) metadata.set('authorization', `Bearer ${this.#options.token}`);
    return metadata;
  }
}

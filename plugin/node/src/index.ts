export type {ClientOptions, TlsFiles} from './channel.js';
export {type Article, type CallOptions, type ClassifyOptions, type NewCorrection, type Result, RubricatorClient} from './client.js';
export {type Code, type FieldViolation, RubricatorError} from './error.js';
export {
  type Analysis, ArticleField, type DeskAssignment, type Evidence, EvidenceKind, OffsetEncoding, Outcome, type Region, RegionRole,
  type Topic,
} from './stubs/rubricator/v1/analysis_pb.js';
export {TextFormat} from './stubs/rubricator/v1/article_pb.js';
export type {Correction} from './stubs/rubricator/v1/correction_service_pb.js';
export {type Model, ModelState} from './stubs/rubricator/v1/model_service_pb.js';
export type {PreviewRoutingResponse, RuleDecision} from './stubs/rubricator/v1/routing_service_pb.js';

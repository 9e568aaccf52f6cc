import {fromBinary} from '@bufbuild/protobuf';
import {anyUnpack} from '@bufbuild/protobuf/wkt';
import {status as codes, type ServiceError} from '@grpc/grpc-js';

import {BadRequestSchema} from './stubs/google/rpc/error_details_pb.js';
import {type Status, StatusSchema} from './stubs/google/rpc/status_pb.js';

/** gRPC's name of a status code: "INVALID_ARGUMENT". */
export type Code = keyof typeof codes;

/** A field of the request that the server refused, and why. */
export interface FieldViolation {
  /** "article.body" */
  field: string;
  description: string;
}

/** What went wrong with a call or with one article of many. Never holds text of an article. */
export class RubricatorError extends Error {
  override readonly name = 'RubricatorError';

  constructor(
      readonly code: Code,
      message: string,
      /** Empty unless the request was at fault. */
      readonly fields: readonly FieldViolation[] = [],
  ) {
    super(message);
  }

  /** Whether the same call may succeed a little later. */
  get isTransient(): boolean {
    return this.code === 'UNAVAILABLE' || this.code === 'DEADLINE_EXCEEDED' || this.code === 'RESOURCE_EXHAUSTED';
  }
}

/** The error of one article, as it stands in the answer. */
export function fromStatus(status: Status): RubricatorError {
  const fields = status.details.flatMap((detail) => anyUnpack(detail, BadRequestSchema)?.fieldViolations ?? [])
      .map(({field, description}) => ({field, description}));
  return new RubricatorError((codes[status.code] ?? 'UNKNOWN') as Code, status.message, fields);
}

/** The error of a call, with the details that came in its trailers. */
export function fromCall(error: ServiceError): RubricatorError {
  const [bytes] = error.metadata?.get('grpc-status-details-bin') ?? [];
  if (bytes instanceof Uint8Array) return fromStatus(fromBinary(StatusSchema, bytes));
  return new RubricatorError((codes[error.code] ?? 'UNKNOWN') as Code, error.details || error.message);
}

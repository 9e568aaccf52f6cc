import {type ChannelCredentials, type ChannelOptions, credentials} from '@grpc/grpc-js';
import {readFileSync} from 'node:fs';

/** Files in PEM. */
export interface TlsFiles {
  /** Authorities to trust; default: the system's. */
  ca?: string;
  /** This client's certificate, for mTLS; goes with `key`. */
  cert?: string;
  key?: string;
}

export interface ClientOptions {
  /** Longest wait for a call in milliseconds; 2,000. A batch gets 20 more for each article. */
  timeoutMs?: number;
  /** Tries of a call that ends in UNAVAILABLE, 1 to 5; 3. Nothing else is tried again. */
  maxAttempts?: number;
  /** Encrypts; `true` trusts the system's authorities. */
  tls?: boolean | TlsFiles;
  /** Sent as a bearer token; refused without TLS except to this machine. */
  token?: string;
}

const LOOPBACK = /^(dns:\/*|ipv[46]:|passthrough:\/*)?(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/;
// Pings only while calls are open: a server closes connections that ping more without one.
const KEEPALIVE_MS = 60_000;

/** Credentials of the connection. Throws when a token would go over the network in the clear, or a file cannot be read. */
export function credentialsOf(target: string, {tls, token}: ClientOptions): ChannelCredentials {
  if (tls) {
    const {ca, cert, key} = tls === true ? {} as TlsFiles : tls;
    return credentials.createSsl(ca ? readFileSync(ca) : null, key ? readFileSync(key) : null,
        cert ? readFileSync(cert) : null);
  }
  if (token && !LOOPBACK.test(target) && !target.startsWith('unix:')) {
    throw new TypeError(`a token needs TLS, except on loopback; the target is ${target}`);
  }
  return credentials.createInsecure();
}

/** gRPC's settings: retries on UNAVAILABLE, keepalive, messages as large as the server's. */
export function channelOptions(maxAttempts = 3): ChannelOptions {
  const retryPolicy = {
    maxAttempts, initialBackoff: '0.1s', maxBackoff: '1s', backoffMultiplier: 2, retryableStatusCodes: ['UNAVAILABLE'],
  };
  const methodConfig = [{name: [{}], ...(maxAttempts > 1 ? {retryPolicy} : {})}];
  return {
    'grpc.service_config': JSON.stringify({loadBalancingConfig: [{round_robin: {}}], methodConfig}),
    'grpc.keepalive_time_ms': KEEPALIVE_MS,
    'grpc.keepalive_timeout_ms': 10_000,
    'grpc.max_receive_message_length': 64 << 20,
  };
}

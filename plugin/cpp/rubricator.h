/* librubricator: what a news article is about, from any language that can call C.
 *
 * Rules that hold for all of it:
 * - Text is UTF-8 as (data, size), not NUL-terminated on the way in. A NULL `data` is empty text.
 * Text that the library returns is borrowed from the object it was asked of, lives as long as that,
 * and has a NUL after it.
 * - A struct that may grow begins with `struct_size`; set it to sizeof the struct and zero the
 * rest. Fields that a caller's older struct has not are taken as zero, and are not written.
 * - A function that can fail returns a code and, if `error` is not NULL and the code not
 * RUBRICATOR_OK, stores a new error in `*error`, which the caller frees. On RUBRICATOR_OK it stores
 * NULL. Results are stored only on RUBRICATOR_OK, else NULL. A NULL `out` or object where one is
 * needed is RUBRICATOR_INVALID_ARGUMENT.
 * - Every …_free and …_close takes NULL and does nothing then.
 * - A client may be used by many threads at once. Any other object is immutable, so many threads
 * may read it.
 * - No exception leaves the library, and nothing is written to stdout or stderr: the first
 * rubricator_client_open() silences the logs of gRPC and protobuf for the whole process, unless the
 * environment sets GRPC_VERBOSITY.
 * - Fork: open the client before, call it after (a remote client connects at its first call); or
 * use "embedded:".
 * - Link either this library or the static C++ client into one program, not both.
 */
#ifndef RUBRICATOR_PLUGIN_CPP_RUBRICATOR_H_
#define RUBRICATOR_PLUGIN_CPP_RUBRICATOR_H_

#include "rubricator_analysis.h" /* beside this file, here and installed */
#include "rubricator_base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rubricator_client rubricator_client;
typedef struct rubricator_batch rubricator_batch;
typedef struct rubricator_json rubricator_json;

/* "0.1.0". Never freed. */
RUBRICATOR_API const char* rubricator_version(void);

/* ---- Clients ---- */

/* Zero in a field is its default. */
typedef struct rubricator_client_options {
  uint32_t struct_size;
  uint32_t timeout_ms;   /* longest wait for a call; 2,000 */
  uint32_t max_attempts; /* tries when the server is UNAVAILABLE, 1..5; 3 */
  uint32_t use_tls;      /* 1: encrypt; any file below switches it on too */
  rubricator_text
      fallback_target; /* "embedded:DIR": classifies when the target cannot be reached; none */
  rubricator_text routing_file;    /* of embedded targets; all goes to the fallback desk */
  rubricator_text tls_ca_file;     /* PEM; the system's authorities */
  rubricator_text tls_cert_file;   /* PEM, of this client; none. Goes with tls_key_file */
  rubricator_text tls_key_file;    /* PEM */
  rubricator_text tls_server_name; /* expected in the certificate; the target's host */
  rubricator_text bearer_token;    /* refused without TLS, except on loopback; none */
} rubricator_client_options;

/* Opens a client for "dns:///host:50051", "host:50051", "unix:/path" (a server: connected to at the
 * first call) or "embedded:DIR[?routing=FILE]" (the bundle in DIR, loaded at once). `options` may
 * be NULL. The caller closes `*out`. Codes: INVALID_ARGUMENT target or option; NOT_FOUND,
 * DATA_LOSS, FAILED_PRECONDITION bundle, routing or TLS file. */
RUBRICATOR_API int32_t rubricator_client_open(rubricator_text target,
                                              const rubricator_client_options* options,
                                              rubricator_client** out, rubricator_error** error);
/* No call may be under way on it. What it answered lives on. */
RUBRICATOR_API void rubricator_client_close(rubricator_client* client);

/* ---- Classifying ---- */

typedef enum rubricator_format {
  RUBRICATOR_FORMAT_DETECT = 0, /* HTML if the body has a tag or an entity */
  RUBRICATOR_FORMAT_PLAIN = 1,
  RUBRICATOR_FORMAT_HTML = 2
} rubricator_format;

/* Title or body must hold more than white space; all else is optional. */
typedef struct rubricator_article {
  uint32_t struct_size;
  int32_t format; /* rubricator_format, of body */
  rubricator_text id;
  rubricator_text title;
  rubricator_text body;
  rubricator_text language; /* BCP 47; detected */
  rubricator_text url;
  rubricator_text source;
  int64_t published_at;     /* seconds since 1970-01-01 UTC, where has_published_at is 1 */
  int32_t has_published_at; /* 0: now */
  int32_t reserved;         /* 0 */
} rubricator_article;

/* In what offsets of evidence are counted. */
typedef enum rubricator_offsets {
  RUBRICATOR_OFFSETS_UTF8 = 0,  /* bytes: C, PHP, Go */
  RUBRICATOR_OFFSETS_UTF16 = 2, /* JavaScript, Java, C# */
  RUBRICATOR_OFFSETS_UTF32 = 3  /* code points: Python */
} rubricator_offsets;

typedef struct rubricator_classify_options {
  uint32_t struct_size;
  int32_t include_evidence; /* 1: topics and regions carry what spoke for them */
  int32_t offsets;          /* rubricator_offsets */
  uint32_t max_evidence;    /* pieces for each topic, 1..50; 8 */
  uint32_t timeout_ms;      /* of this call; the client's, 20 ms more for each article of a batch */
  uint32_t reserved;        /* 0 */
  rubricator_text display_language; /* of names, "ru" or "en"; the article's */
} rubricator_classify_options;

/* Classifies one article. `options` may be NULL. The caller frees `*out`. Codes: INVALID_ARGUMENT a
 * bad field; UNAVAILABLE, DEADLINE_EXCEEDED no answer; RESOURCE_EXHAUSTED load or size. */
RUBRICATOR_API int32_t rubricator_classify(rubricator_client* client,
                                           const rubricator_article* article,
                                           const rubricator_classify_options* options,
                                           rubricator_analysis** out, rubricator_error** error);

/* Classifies `count` (1..1,000) articles in one call. They lie one after the other, each
 * `articles->struct_size` bytes from the next, and all have that struct_size. A bad article fails
 * alone. The caller frees `*out`. Codes: as rubricator_classify(), INVALID_ARGUMENT for a `count`
 * out of range. */
RUBRICATOR_API int32_t rubricator_classify_batch(rubricator_client* client,
                                                 const rubricator_article* articles, uint64_t count,
                                                 const rubricator_classify_options* options,
                                                 rubricator_batch** out, rubricator_error** error);

/* As many as articles were sent, in their order; 0 for NULL. */
RUBRICATOR_API uint64_t rubricator_batch_count(const rubricator_batch* batch);
/* Of article `index`, borrowed from the batch: not to be freed. NULL when it failed or `index` is
 * too high. */
RUBRICATOR_API const rubricator_analysis* rubricator_batch_analysis(const rubricator_batch* batch,
                                                                    uint64_t index);
/* Why article `index` failed, borrowed from the batch: not to be freed. NULL when it did not. */
RUBRICATOR_API const rubricator_error* rubricator_batch_error(const rubricator_batch* batch,
                                                              uint64_t index);
RUBRICATOR_API void rubricator_batch_free(rubricator_batch* batch);

/* ---- Everything else of the API ---- */

/* Calls any unary method, "rubricator.v1.RoutingService/PreviewRouting", with a request and an
 * answer in protobuf's JSON. `timeout_ms` 0: the client's. The caller frees `*out`. Codes:
 * UNIMPLEMENTED no such method; INVALID_ARGUMENT JSON that does not fit; else the method's own. */
RUBRICATOR_API int32_t rubricator_call(rubricator_client* client, rubricator_text method,
                                       rubricator_text request_json, uint32_t timeout_ms,
                                       rubricator_json** out, rubricator_error** error);
/* The answer; empty for NULL. */
RUBRICATOR_API rubricator_text rubricator_json_text(const rubricator_json* json);
RUBRICATOR_API void rubricator_json_free(rubricator_json* json);

#ifdef __cplusplus
}
#endif

#endif /* RUBRICATOR_PLUGIN_CPP_RUBRICATOR_H_ */

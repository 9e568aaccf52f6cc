/* Text, codes and errors of the C ABI; rubricator.h has the rules. */
#ifndef RUBRICATOR_PLUGIN_CPP_RUBRICATOR_BASE_H_
#define RUBRICATOR_PLUGIN_CPP_RUBRICATOR_BASE_H_

#include <stdint.h>

#if defined(__GNUC__)
#define RUBRICATOR_API __attribute__((visibility("default")))
#else
#define RUBRICATOR_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* gRPC's status codes. */
typedef enum rubricator_code {
  RUBRICATOR_OK = 0,
  RUBRICATOR_CANCELLED = 1,
  RUBRICATOR_UNKNOWN = 2,
  RUBRICATOR_INVALID_ARGUMENT = 3, /* the caller's to fix; the field is named */
  RUBRICATOR_DEADLINE_EXCEEDED = 4,
  RUBRICATOR_NOT_FOUND = 5,
  RUBRICATOR_ALREADY_EXISTS = 6,
  RUBRICATOR_PERMISSION_DENIED = 7,
  RUBRICATOR_RESOURCE_EXHAUSTED = 8,  /* overload, or a message over a limit */
  RUBRICATOR_FAILED_PRECONDITION = 9, /* set-up is wrong */
  RUBRICATOR_ABORTED = 10,
  RUBRICATOR_OUT_OF_RANGE = 11,
  RUBRICATOR_UNIMPLEMENTED = 12,
  RUBRICATOR_INTERNAL = 13,    /* a fault of ours */
  RUBRICATOR_UNAVAILABLE = 14, /* the server is not there; trying again may help */
  RUBRICATOR_DATA_LOSS = 15,   /* a file is damaged */
  RUBRICATOR_UNAUTHENTICATED = 16
} rubricator_code;

typedef struct rubricator_text {
  const char* data; /* UTF-8; NULL is empty */
  uint64_t size;    /* bytes */
} rubricator_text;

typedef struct rubricator_error rubricator_error;

/* One of rubricator_code; RUBRICATOR_OK for NULL. */
RUBRICATOR_API int32_t rubricator_error_code(const rubricator_error* error);
/* What is wrong, with value and limit; never article text. Empty for NULL. */
RUBRICATOR_API rubricator_text rubricator_error_message(const rubricator_error* error);
/* The field at fault, "article.body"; empty when none is named, and for NULL. */
RUBRICATOR_API rubricator_text rubricator_error_field(const rubricator_error* error);
RUBRICATOR_API void rubricator_error_free(rubricator_error* error);

#ifdef __cplusplus
}
#endif

#endif /* RUBRICATOR_PLUGIN_CPP_RUBRICATOR_BASE_H_ */

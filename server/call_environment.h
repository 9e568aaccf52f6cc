// What every call of the API shares.
#ifndef RUBRICATOR_SERVER_CALL_ENVIRONMENT_H_
#define RUBRICATOR_SERVER_CALL_ENVIRONMENT_H_

#include <cstddef>

#include "server/access/access.h"
#include "server/json_log.h"
#include "server/metrics/metrics.h"
#include "server/open_calls.h"
#include "server/worker_pool.h"
#include "service/service.h"

namespace rubricator {

// Borrows; all of it outlives the gRPC and the HTTP server.
struct CallEnvironment {
  const Service& service;
  const MethodTable& methods;  // the unary methods that are answered: the service's
  Access& access;
  WorkerPool& workers;
  WorkerPool& store_workers;   // for calls that wait for the store
  WorkerPool& models_workers;  // for calls that wait for the models' folder
  OpenCalls& open_calls;
  JsonLog& log;
  Metrics& metrics;
  size_t inline_bytes;  // requests up to this size are answered on the network's own threads
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_CALL_ENVIRONMENT_H_

// A status as the Connect protocol writes it.
// https://connectrpc.com/docs/protocol/#error-end-stream
#ifndef RUBRICATOR_SERVER_HTTP_CONNECT_ERROR_H_
#define RUBRICATOR_SERVER_HTTP_CONNECT_ERROR_H_

#include "absl/status/status.h"
#include "server/http/http_message.h"

namespace rubricator {

// {"code": "invalid_argument", "message": …, "details": [{"type", "value", "debug"}]} with the HTTP
// status that the protocol gives the code. `status` is not OK.
HttpResponse ConnectError(const absl::Status& status);

// The same with another HTTP status.
HttpResponse ConnectError(const absl::Status& status, http::status http_status);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_HTTP_CONNECT_ERROR_H_

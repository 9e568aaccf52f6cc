// Every unary method of the API over HTTP, by Connect or gRPC-Web: no route table, no code for each
// method.
#ifndef RUBRICATOR_SERVER_HTTP_CONNECT_HANDLER_H_
#define RUBRICATOR_SERVER_HTTP_CONNECT_HANDLER_H_

#include <cstddef>
#include <string_view>

#include "server/call_environment.h"
#include "server/http/http_message.h"
#include "service/method_table.h"

namespace rubricator {

// Thread-safe.
class ConnectHandler {
 public:
  // Borrows both. A request's body may unfold to at most `max_message_bytes`.
  ConnectHandler(const MethodTable& methods, CallEnvironment& environment, size_t max_message_bytes)
      : methods_(methods), environment_(environment), max_message_bytes_(max_message_bytes) {}

  // Whether `path` looks like a call of the API: "/rubricator.v1.ModelService/GetModel".
  static bool IsCall(std::string_view path);

  // Answers a request whose body was not read, as its content type has it.
  static void Refuse(HttpExchange exchange);

  // Answers a call. JSON of a client that says Connect-Protocol-Version may have fields that this
  // server does not know, since generated code makes no typing errors but may be newer; others are
  // told of them.
  void Answer(HttpExchange exchange) const;

 private:
  const MethodTable& methods_;
  CallEnvironment& environment_;
  const size_t max_message_bytes_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_HTTP_CONNECT_HANDLER_H_

// Every unary method of the API by its name, so that a transport needs no code for each.
#ifndef RUBRICATOR_SERVICE_METHOD_TABLE_H_
#define RUBRICATOR_SERVICE_METHOD_TABLE_H_

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "service/call_context.h"

namespace rubricator {

// What a call may wait for, seconds perhaps, using no processor: a transport runs such a call on
// threads where only its like wait behind it.
enum class WaitsFor {
  kNothing,
  kStore,   // of corrections: a disk, a lock, another machine
  kModels,  // the folder of models, and a switch in work
};

// One unary method. Request and response are of the types that `descriptor` names.
struct UnaryMethod {
  const google::protobuf::MethodDescriptor* descriptor = nullptr;
  std::function<absl::Status(const google::protobuf::Message& request, const CallContext& context,
                             google::protobuf::Message& response)>
      call;
  WaitsFor waits = WaitsFor::kNothing;

  // Empty messages of the method's own types, to be created from by New(arena).
  const google::protobuf::Message& RequestPrototype() const;
  const google::protobuf::Message& ResponsePrototype() const;
};

// Immutable once filled; const methods are thread-safe.
class MethodTable {
 public:
  // Adds "rubricator.v1.ModelService.GetModel". The method must be in the API and new here; its
  // types must be `Request` and `Response`: anything else ends the program, for it is a slip in
  // ours.
  template <typename Service, typename Request, typename Response>
  void Add(const std::string& full_name, const Service& service,
           absl::Status (Service::*handler)(const Request&, const CallContext&, Response&) const) {
    AddErased(full_name, Request::descriptor(), Response::descriptor(),
              [&service, handler](const google::protobuf::Message& request,
                                  const CallContext& context, google::protobuf::Message& response) {
                return (service.*handler)(static_cast<const Request&>(request), context,
                                          static_cast<Response&>(response));
              });
  }

  // Adds one that waits.
  template <typename Service, typename Request, typename Response>
  void AddWaiting(WaitsFor waits, const std::string& full_name, const Service& service,
                  absl::Status (Service::*handler)(const Request&, const CallContext&, Response&)
                      const) {
    Add(full_name, service, handler);
    methods_.find(full_name)->second.waits = waits;
  }

  // Null if there is none. `full_name` as protobuf writes it:
  // "rubricator.v1.ModelService.GetModel".
  const UnaryMethod* Find(std::string_view full_name) const;
  // By full name, sorted.
  const std::map<std::string, UnaryMethod, std::less<>>& methods() const { return methods_; }

 private:
  void AddErased(const std::string& full_name, const google::protobuf::Descriptor* request,
                 const google::protobuf::Descriptor* response, decltype(UnaryMethod::call) call);

  std::map<std::string, UnaryMethod, std::less<>> methods_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_METHOD_TABLE_H_

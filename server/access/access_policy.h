// Who may call what.
#ifndef RUBRICATOR_SERVER_ACCESS_ACCESS_POLICY_H_
#define RUBRICATOR_SERVER_ACCESS_ACCESS_POLICY_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "server/access/reloaded.h"
#include "server/access/token_list.h"

namespace rubricator {

// Thread-safe.
class AccessPolicy {
 public:
  // `tokens` is borrowed; null: everybody may call everything.
  explicit AccessPolicy(const Reloaded<TokenList>* tokens) : tokens_(tokens) {}

  // The name of the token that `authorization` ("Bearer rub_…", as the header has it) carries;
  // empty where none is asked for. Errors: UNAUTHENTICATED without a token that is known;
  // PERMISSION_DENIED when it has not the scope of `method`.
  absl::StatusOr<std::string> Authorize(std::string_view authorization,
                                        const google::protobuf::MethodDescriptor& method) const;

 private:
  const Reloaded<TokenList>* tokens_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_ACCESS_ACCESS_POLICY_H_

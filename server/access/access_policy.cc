#include "server/access/access_policy.h"

#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "classifier/absl_view.h"

namespace rubricator {

absl::StatusOr<std::string> AccessPolicy::Authorize(
    std::string_view authorization, const google::protobuf::MethodDescriptor& method) const {
  if (tokens_ == nullptr) return std::string();
  constexpr absl::string_view kScheme = "Bearer ";
  if (!absl::StartsWithIgnoreCase(AsAbsl(authorization), kScheme)) {
    return absl::UnauthenticatedError("this server asks for `authorization: Bearer <token>`");
  }
  const std::shared_ptr<const TokenList> tokens = tokens_->Current();
  const TokenEntry* entry = tokens->Find(authorization.substr(kScheme.size()));
  if (entry == nullptr) return absl::UnauthenticatedError("the server does not know this token");
  const Scope needed = ScopeOf(method);
  if (entry->scopes.count(needed) == 0) {
    return absl::PermissionDeniedError(absl::StrCat("token '", entry->name, "' is for ",
                                                    ScopeNames(entry->scopes), "; ", method.name(),
                                                    " takes ", AsAbsl(ScopeName(needed))));
  }
  return entry->name;
}

}  // namespace rubricator

// What a bearer token allows.
#ifndef RUBRICATOR_SERVER_ACCESS_SCOPE_H_
#define RUBRICATOR_SERVER_ACCESS_SCOPE_H_

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "google/protobuf/descriptor.h"

namespace rubricator {

enum class Scope {
  kClassify,  // have articles classified and routed, and see the model
  kCorrect,   // record and read corrections
  kAdmin,     // change what the server runs
};

// "classify", "correct", "admin".
std::string_view ScopeName(Scope scope);
std::optional<Scope> ScopeNamed(std::string_view name);
// "classify, correct".
std::string ScopeNames(const std::set<Scope>& scopes);

// What a call of `method` takes: one scope for each service, but reading the model is part of
// classifying. Anything that this table does not know takes kAdmin.
Scope ScopeOf(const google::protobuf::MethodDescriptor& method);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_ACCESS_SCOPE_H_

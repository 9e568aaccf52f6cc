#include "server/access/scope.h"

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"

namespace rubricator {
namespace {

constexpr std::array<std::pair<Scope, std::string_view>, 3> kNames = {{
    {Scope::kClassify, "classify"},
    {Scope::kCorrect, "correct"},
    {Scope::kAdmin, "admin"},
}};

// Services, and methods that differ from their service.
constexpr std::pair<std::string_view, Scope> kScopes[] = {
    {"rubricator.v1.ClassificationService", Scope::kClassify},
    {"rubricator.v1.RoutingService", Scope::kClassify},
    {"rubricator.v1.CorrectionService", Scope::kCorrect},
    {"rubricator.v1.ModelService", Scope::kAdmin},
    {"rubricator.v1.ModelService.GetModel", Scope::kClassify},
    {"rubricator.v1.ModelService.ListModels", Scope::kClassify},
};

std::optional<Scope> Listed(std::string_view name) {
  for (const auto& [listed, scope] : kScopes) {
    if (listed == name) return scope;
  }
  return std::nullopt;
}

}  // namespace

std::string_view ScopeName(Scope scope) {
  for (const auto& [known, name] : kNames) {
    if (known == scope) return name;
  }
  return "";
}

std::optional<Scope> ScopeNamed(std::string_view name) {
  for (const auto& [scope, known] : kNames) {
    if (known == name) return scope;
  }
  return std::nullopt;
}

std::string ScopeNames(const std::set<Scope>& scopes) {
  std::string names;
  for (const Scope scope : scopes) {
    absl::StrAppend(&names, names.empty() ? "" : ", ", AsAbsl(ScopeName(scope)));
  }
  return names;
}

Scope ScopeOf(const google::protobuf::MethodDescriptor& method) {
  if (const auto scope = Listed(method.full_name())) return *scope;
  return Listed(method.service()->full_name()).value_or(Scope::kAdmin);
}

}  // namespace rubricator

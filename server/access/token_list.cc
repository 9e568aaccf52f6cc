#include "server/access/token_list.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "classifier/sha256.h"
#include "classifier/status_macros.h"
#include "routing/yaml_field.h"
#include "routing/yaml_tree.h"

namespace rubricator {
namespace {

constexpr size_t kRandomBytes = 32;
constexpr size_t kHashDigits = 64;

bool IsHash(std::string_view text) {
  return text.size() == kHashDigits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

absl::StatusOr<std::set<Scope>> ParseScopes(const YamlField& field) {
  ASSIGN_OR_RETURN(const std::vector<std::string> names, field.Texts());
  std::set<Scope> scopes;
  for (const std::string& name : names) {
    const std::optional<Scope> scope = ScopeNamed(name);
    if (!scope.has_value()) {
      return field.Error(absl::StrCat("'", name, "' is none of classify, correct, admin"));
    }
    scopes.insert(*scope);
  }
  return scopes;
}

absl::StatusOr<TokenEntry> ParseEntry(const YamlField& field) {
  RETURN_IF_ERROR(field.CheckKeys({"name", "sha256", "scopes"}));
  TokenEntry entry;
  ASSIGN_OR_RETURN(const YamlField name, field.Require("name"));
  ASSIGN_OR_RETURN(entry.name, name.Text());
  ASSIGN_OR_RETURN(const YamlField hash, field.Require("sha256"));
  ASSIGN_OR_RETURN(entry.sha256, hash.Text());
  if (!IsHash(entry.sha256)) return hash.Error("is to be 64 lower-case hex digits");
  ASSIGN_OR_RETURN(const YamlField scopes, field.Require("scopes"));
  ASSIGN_OR_RETURN(entry.scopes, ParseScopes(scopes));
  return entry;
}

}  // namespace

absl::StatusOr<TokenList> TokenList::Parse(std::string_view yaml, std::string_view file_name) {
  ASSIGN_OR_RETURN(const YamlNode tree, ParseYaml(yaml, file_name));
  const YamlField root(tree, file_name);
  RETURN_IF_ERROR(root.CheckKeys({"tokens"}));
  ASSIGN_OR_RETURN(const YamlField tokens, root.Require("tokens"));
  ASSIGN_OR_RETURN(const std::vector<YamlField> items, tokens.Items());
  if (items.size() > kMaxTokens) {
    return tokens.Error(absl::StrCat("has ", items.size(), " tokens; limit is ", kMaxTokens));
  }
  TokenList list;
  for (const YamlField& item : items) {
    ASSIGN_OR_RETURN(TokenEntry entry, ParseEntry(item));
    for (const TokenEntry& other : list.entries_) {
      if (other.name == entry.name)
        return item.Error(absl::StrCat("'", entry.name, "' stands twice"));
      if (other.sha256 == entry.sha256) {
        return item.Error(absl::StrCat("has the token of '", other.name, "'"));
      }
    }
    list.entries_.push_back(std::move(entry));
  }
  return list;
}

const TokenEntry* TokenList::Find(std::string_view token) const {
  const std::string hash = Sha256Hex(token);
  const TokenEntry* found = nullptr;
  for (const TokenEntry& entry : entries_) {
    if (CRYPTO_memcmp(hash.data(), entry.sha256.data(), kHashDigits) == 0) found = &entry;
  }
  return found;
}

absl::StatusOr<std::string> MakeToken() {
  std::array<unsigned char, kRandomBytes> random;
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) {
    return absl::InternalError("the machine gives no random bytes");
  }
  std::string text;
  absl::WebSafeBase64Escape(
      absl::string_view(reinterpret_cast<const char*>(random.data()), random.size()), &text);
  return "rub_" + text;
}

std::string WriteTokenEntry(const TokenEntry& entry) {
  return absl::StrCat("  - name: ", entry.name, "\n    sha256: ", entry.sha256, "\n    scopes: [",
                      ScopeNames(entry.scopes), "]\n");
}

}  // namespace rubricator

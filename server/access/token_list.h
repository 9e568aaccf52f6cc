// The bearer tokens that the server knows, by their hashes.
#ifndef RUBRICATOR_SERVER_ACCESS_TOKEN_LIST_H_
#define RUBRICATOR_SERVER_ACCESS_TOKEN_LIST_H_

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "server/access/scope.h"

namespace rubricator {

inline constexpr size_t kMaxTokens = 1'000;

// One entry of the file. A token has 256 random bits, so its plain SHA-256 tells nobody what it is.
struct TokenEntry {
  std::string name;    // who holds it; for logs and limits
  std::string sha256;  // 64 lower-case hex digits
  std::set<Scope> scopes;

  bool operator==(const TokenEntry&) const = default;
};

// Immutable; thread-safe.
class TokenList {
 public:
  // Reads YAML: `tokens`, a list of {name, sha256, scopes}. Errors: INVALID_ARGUMENT
  // "tokens.yaml:7: tokens[2].scopes: …" for anything else, a name or a hash that stands twice,
  // over kMaxTokens.
  static absl::StatusOr<TokenList> Parse(std::string_view yaml, std::string_view file_name);

  // The entry of a token; null if there is none. Takes the same time whichever entry it is, and
  // however much of a hash is right.
  const TokenEntry* Find(std::string_view token) const;
  const std::vector<TokenEntry>& entries() const { return entries_; }

  bool operator==(const TokenList&) const = default;

 private:
  std::vector<TokenEntry> entries_;
};

// A new token: "rub_" and 43 characters that fit a header and a URL. Errors: INTERNAL when the
// machine has no randomness.
absl::StatusOr<std::string> MakeToken();

// `entry` as an item of the file's list.
std::string WriteTokenEntry(const TokenEntry& entry);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_ACCESS_TOKEN_LIST_H_

// `rubricator-server token`: makes a bearer token.
#ifndef RUBRICATOR_SERVER_ACCESS_TOKEN_COMMAND_H_
#define RUBRICATOR_SERVER_ACCESS_TOKEN_COMMAND_H_

#include <iosfwd>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace rubricator {

struct TokenRequest {
  std::string name;
  std::vector<std::string> scopes;  // "classify", "correct", "admin"
  std::string file;                 // the token file that the entry is added to; empty: none
};

// Prints the token, once and alone, to `out`, and its entry for the token file to `err`, or adds
// the entry to `file`, which is made if it is not there. Errors: INVALID_ARGUMENT for a name or
// scopes that a token file cannot have, or a file that is none; FAILED_PRECONDITION when the file
// cannot be written; it is then as it was.
absl::Status RunTokenCommand(const TokenRequest& request, std::ostream& out, std::ostream& err);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_ACCESS_TOKEN_COMMAND_H_

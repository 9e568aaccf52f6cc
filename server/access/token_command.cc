#include "server/access/token_command.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <ostream>

#include "absl/strings/str_cat.h"
#include "classifier/sha256.h"
#include "classifier/status_macros.h"
#include "server/access/setting_file.h"
#include "server/access/token_list.h"

namespace rubricator {
namespace {

// A running server may read the file at any moment: it sees the old one or the new one.
absl::Status Replace(const std::string& path, const std::string& content) {
  const std::string unfinished = path + ".part";
  std::error_code error;
  {
    std::ofstream file(unfinished, std::ios::binary | std::ios::trunc);
    file << content;
    file.close();
    if (!file.good()) error = std::make_error_code(std::errc::io_error);
  }
  struct stat old = {};
  if (!error && stat(path.c_str(), &old) == 0) {
    std::filesystem::permissions(unfinished, std::filesystem::perms(old.st_mode & 07777), error);
  }
  if (!error) std::filesystem::rename(unfinished, path, error);
  if (!error) return absl::OkStatus();
  std::error_code ignored;
  std::filesystem::remove(unfinished, ignored);
  return absl::FailedPreconditionError(absl::StrCat(path, " cannot be written"));
}

}  // namespace

absl::Status RunTokenCommand(const TokenRequest& request, std::ostream& out, std::ostream& err) {
  std::string text = "tokens:\n";
  std::error_code ignored;
  if (!request.file.empty() && std::filesystem::exists(request.file, ignored)) {
    ASSIGN_OR_RETURN(text, ReadSettingFile("token file", request.file));
    RETURN_IF_ERROR(TokenList::Parse(text, request.file).status());
    if (text.back() != '\n') text += '\n';
  }
  ASSIGN_OR_RETURN(const std::string token, MakeToken());
  TokenEntry entry{.name = request.name, .sha256 = Sha256Hex(token), .scopes = {}};
  for (const std::string& name : request.scopes) {
    const std::optional<Scope> scope = ScopeNamed(name);
    if (!scope.has_value()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--scopes: '", name, "' is none of classify, correct, admin"));
    }
    entry.scopes.insert(*scope);
  }
  text += WriteTokenEntry(entry);
  const absl::StatusOr<TokenList> list =
      TokenList::Parse(text, request.file.empty() ? "the entry" : request.file);
  RETURN_IF_ERROR(list.status());
  // A name such as "a # b" or "[x]" would be read back as another.
  if (list->entries().back() != entry) {
    return absl::InvalidArgumentError(
        absl::StrCat("--name: '", entry.name, "' is no plain name in YAML"));
  }
  if (request.file.empty()) {
    err << "For the list `tokens:` of the server's token file:\n" << WriteTokenEntry(entry);
  } else {
    RETURN_IF_ERROR(Replace(request.file, text));
    err << "Added to " << request.file << "; the token is shown only here:\n";
  }
  out << token << "\n";
  return absl::OkStatus();
}

}  // namespace rubricator

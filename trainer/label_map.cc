#include "trainer/label_map.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "classifier/mapped_file.h"
#include "classifier/status_macros.h"

namespace rubricator {
namespace {

constexpr std::string_view kWhiteSpace = " \t\r\n\f\v";

}  // namespace

absl::StatusOr<LabelMap> LabelMap::Read(const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(const MappedFile file, MappedFile::Open(path));
  LabelMap map;
  std::string_view rest = file.bytes();
  for (size_t number = 1; !rest.empty(); ++number) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.find_first_not_of(kWhiteSpace) == std::string_view::npos || line.front() == '#')
      continue;
    const auto refuse = [&](const char* problem) {
      return absl::InvalidArgumentError(absl::StrCat(path.string(), ":", number, ": ", problem));
    };
    const size_t tab = line.find('\t');
    if (tab == std::string_view::npos) return refuse("is not from<TAB>to");
    if (tab == 0) return refuse("the label to map is empty");
    const std::string to(line.substr(tab + 1));
    if (to.find_first_of(kWhiteSpace) != std::string::npos)
      return refuse("the new label has white space");
    if (!map.names_.emplace(line.substr(0, tab), to).second)
      return refuse("the label to map stands twice");
  }
  return map;
}

absl::Status LabelMap::Append(const std::string& label, std::vector<std::string>& labels) const {
  const auto found = names_.find(label);
  const std::string& name = found == names_.end() ? label : found->second;
  if (found != names_.end() && name.empty()) return absl::OkStatus();
  if (name.empty() || name.find_first_of(kWhiteSpace) != std::string::npos) {
    return absl::InvalidArgumentError("holds a label that is empty or has white space");
  }
  if (std::find(labels.begin(), labels.end(), name) == labels.end()) labels.push_back(name);
  return absl::OkStatus();
}

}  // namespace rubricator

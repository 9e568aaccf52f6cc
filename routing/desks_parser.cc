#include "routing/desks_parser.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "classifier/status_macros.h"
#include "routing/suggestion.h"

namespace rubricator {
namespace {

constexpr size_t kMaxIdBytes = 64;
constexpr size_t kMaxDesks = 1000;

bool IsId(const std::string& text) {
  return text.size() <= kMaxIdBytes && std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' ||
                  c == '.';
         });
}

// `Diplomacy`, or a map of BCP 47 tag to name.
absl::StatusOr<std::map<std::string, std::string>> ParseNames(const YamlField& field) {
  std::map<std::string, std::string> names;
  if (field.node().kind != YamlKind::kMap) {
    ASSIGN_OR_RETURN(names[""], field.Text());
    return names;
  }
  ASSIGN_OR_RETURN(const std::vector<YamlField> entries, field.Entries());
  for (const YamlField& entry : entries) {
    ASSIGN_OR_RETURN(names[std::string(entry.key())], entry.Text());
  }
  return names;
}

absl::StatusOr<Desk> ParseDesk(const YamlField& field, ParseContext& context) {
  RETURN_IF_ERROR(field.CheckKeys({"id", "name", "open", "when_closed"}));
  Desk desk;
  ASSIGN_OR_RETURN(const YamlField id, field.Require("id"));
  ASSIGN_OR_RETURN(desk.id, id.Text());
  if (!IsId(desk.id)) {
    return id.Error(absl::StrCat("'", desk.id, "' is not an id: at most ", kMaxIdBytes,
                                 " Latin letters, digits, '_', '-', '.'"));
  }
  desk.names[""] = desk.id;
  if (const std::optional<YamlField> name = field.Find("name"); name.has_value()) {
    ASSIGN_OR_RETURN(desk.names, ParseNames(*name));
  }
  const std::optional<YamlField> open = field.Find("open");
  if (open.has_value() != field.Find("when_closed").has_value()) {
    return field.Error(open.has_value() ? "open needs when_closed: the desk that takes over"
                                        : "when_closed needs open: the hours of this desk");
  }
  if (open.has_value()) {
    ASSIGN_OR_RETURN(const std::vector<YamlField> windows, open->Items());
    for (const YamlField& window : windows) {
      ASSIGN_OR_RETURN(WeeklyHours hours, context.ParseHours(window));
      desk.open.push_back(std::move(hours));
    }
  }
  return desk;
}

// Walks from each desk along when_closed; the way is a cycle when it comes back to its start.
absl::Status RefuseCycles(const std::vector<YamlField>& fields, const std::vector<Desk>& desks) {
  enum class State { kNew, kOnThisWay, kLeadsOut };
  std::vector<State> states(desks.size(), State::kNew);
  for (size_t start = 0; start < desks.size(); ++start) {
    std::vector<size_t> way;
    size_t at = start;
    while (states[at] == State::kNew) {
      states[at] = State::kOnThisWay;
      way.push_back(at);
      if (desks[at].open.empty()) break;
      at = desks[at].when_closed;
      if (states[at] != State::kOnThisWay) continue;
      std::vector<std::string> ids;
      const auto first = std::find(way.begin(), way.end(), at);
      for (auto step = first; step != way.end(); ++step) ids.push_back(desks[*step].id);
      ids.push_back(desks[at].id);
      ASSIGN_OR_RETURN(const YamlField field, fields[at].Require("when_closed"));
      return field.Error(absl::StrCat("desks take over in a cycle: ", absl::StrJoin(ids, " -> ")));
    }
    for (const size_t desk : way) states[desk] = State::kLeadsOut;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<Desk>> ParseDesks(const YamlField& root, ParseContext& context) {
  ASSIGN_OR_RETURN(const YamlField list, root.Require("desks"));
  ASSIGN_OR_RETURN(const std::vector<YamlField> items, list.Items());
  if (items.size() > kMaxDesks) {
    return list.Error(absl::StrCat("has ", items.size(), " desks; limit is ", kMaxDesks));
  }
  std::vector<Desk> desks;
  std::set<std::string> ids;
  for (const YamlField& item : items) {
    ASSIGN_OR_RETURN(Desk desk, ParseDesk(item, context));
    if (!ids.insert(desk.id).second) {
      ASSIGN_OR_RETURN(const YamlField id, item.Require("id"));
      return id.Error(absl::StrCat("a second desk '", desk.id, "'"));
    }
    desks.push_back(std::move(desk));
  }
  for (size_t i = 0; i < desks.size(); ++i) {
    const std::optional<YamlField> other = items[i].Find("when_closed");
    if (!other.has_value()) continue;
    ASSIGN_OR_RETURN(desks[i].when_closed, FindDesk(*other, desks));
  }
  RETURN_IF_ERROR(RefuseCycles(items, desks));
  return desks;
}

absl::StatusOr<size_t> FindDesk(const YamlField& field, const std::vector<Desk>& desks) {
  ASSIGN_OR_RETURN(const std::string id, field.Text());
  const auto found =
      std::find_if(desks.begin(), desks.end(), [&](const Desk& desk) { return desk.id == id; });
  if (found != desks.end()) return static_cast<size_t>(found - desks.begin());
  std::vector<std::string_view> known;
  for (const Desk& desk : desks) known.push_back(desk.id);
  return field.Error(absl::StrCat("unknown desk '", id, "'", DidYouMean(id, known)));
}

}  // namespace rubricator

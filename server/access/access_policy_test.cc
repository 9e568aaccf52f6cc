// Scopes of methods, and who is let through.
#include "server/access/access_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "absl/strings/str_cat.h"
#include "classifier/sha256.h"
#include "rubricator/v1/classification_service.pb.h"
#include "server/access/access.h"
#include "service/service.h"

namespace rubricator {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::MethodDescriptor;

const MethodDescriptor& Method(const std::string& name) {
  return *DescriptorPool::generated_pool()->FindMethodByName("rubricator.v1." + name);
}

TEST(ScopeTest, KnowsEachMethodOfTheApi) {
  const std::map<std::string, Scope> want = {
      {"rubricator.v1.ClassificationService.BatchClassifyArticles", Scope::kClassify},
      {"rubricator.v1.ClassificationService.ClassifyArticle", Scope::kClassify},
      {"rubricator.v1.CorrectionService.ListCorrections", Scope::kCorrect},
      {"rubricator.v1.CorrectionService.RecordCorrection", Scope::kCorrect},
      {"rubricator.v1.ModelService.ActivateModel", Scope::kAdmin},
      {"rubricator.v1.ModelService.GetModel", Scope::kClassify},
      {"rubricator.v1.ModelService.ListModels", Scope::kClassify},
      {"rubricator.v1.RoutingService.PreviewRouting", Scope::kClassify},
  };
  const Service service;
  for (const auto& [name, method] : service.methods().methods()) {
    const auto known = want.find(name);
    // A method that changes the server takes admin; a new one is to be put in the table above.
    EXPECT_EQ(ScopeOf(*method.descriptor), known == want.end() ? Scope::kAdmin : known->second)
        << name;
  }
  EXPECT_EQ(ScopeOf(Method("ClassificationService.StreamClassifyArticles")), Scope::kClassify);
}

class AccessPolicyTest : public testing::Test {
 protected:
  std::unique_ptr<Reloaded<TokenList>> tokens_ =
      Reloaded<TokenList>::Create([] {
        return TokenList::Parse(absl::StrCat("tokens: [{name: site, sha256: ", Sha256Hex("rub_1"),
                                             ", scopes: [classify]}]"),
                                "tokens.yaml");
      }).value();
  AccessPolicy policy_{tokens_.get()};
};

TEST_F(AccessPolicyTest, LetsAKnownTokenDoWhatItIsFor) {
  for (const char* header : {"Bearer rub_1", "bearer rub_1"}) {
    const auto name = policy_.Authorize(header, Method("ClassificationService.ClassifyArticle"));
    ASSERT_TRUE(name.ok()) << name.status();
    EXPECT_EQ(*name, "site");
  }
}

TEST_F(AccessPolicyTest, RefusesWithoutAKnownToken) {
  for (const char* header :
       {"", "Bearer", "Bearer ", "Bearer rub_2", "Bearer  rub_1", "Basic cnViXzE=", "rub_1"}) {
    const auto name = policy_.Authorize(header, Method("ClassificationService.ClassifyArticle"));
    EXPECT_EQ(name.status().code(), absl::StatusCode::kUnauthenticated) << header;
  }
}

TEST_F(AccessPolicyTest, RefusesWhatTheTokenIsNotFor) {
  const auto name = policy_.Authorize("Bearer rub_1", Method("ModelService.ActivateModel"));
  EXPECT_EQ(name.status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(name.status().message(), "token 'site' is for classify; ActivateModel takes admin");
}

TEST(CallerGroupTest, CountsAnIpv6NetworkAsOneCaller) {
  EXPECT_EQ(CallerGroup("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(CallerGroup("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(CallerGroup("2001:db8:1:2::9"), "2001:db8:1:2::/64");
  EXPECT_EQ(CallerGroup(""), "");
}

}  // namespace
}  // namespace rubricator

// Classifies one article, shows an error, and calls another method by its name. usage: classify [TARGET]
#include <cstdio>
#include <exception>
#include <rubricator/rubricator.hpp>

namespace api = rubricator_api;

int main(int argc, char** argv) try {
  rubricator_client_options options{};
  options.struct_size = sizeof(options);
  options.timeout_ms = 5000;
  const api::Client client(argc > 1 ? argv[1] : "127.0.0.1:50051", &options);

  api::Article article;
  article.title = "Президенты России и Киргизии обсудили охрану границы";
  article.body =
      "Президенты России и Киргизии провели переговоры в Бишкеке. Главной темой стала охрана государственной границы: "
      "пограничная служба получит беспилотники и тепловизоры. Стороны договорились о культурном форуме и о местах "
      "для киргизских студентов в российских университетах. Министры иностранных дел подписали соглашение.";
  const api::Analysis analysis = client.Classify(article, {.include_evidence = false, .display_language = "en"});
  for (const api::Topic& topic : analysis.topics()) {
    std::printf("topic    %.2f  %s\n", topic.confidence, topic.display_name.c_str());
  }
  for (const api::Region& region : analysis.regions()) {
    std::printf("country  %.2f  %s%s\n", region.confidence, region.display_name.c_str(),
                region.in_focus ? "" : " (mentioned)");
  }
  for (const api::Desk& desk : analysis.desks()) {
    std::printf("desk           %s, because %s\n", desk.display_name.c_str(), desk.reason.c_str());
  }

  try {
    client.Classify({});
  } catch (const api::Error& error) {
    std::printf("a blank article is refused: %s (field \"%s\")\n", error.what(), error.field().c_str());
  }

  const std::string model = client.Call("rubricator.v1.ModelService/ListModels", R"({"page_size": 1})");
  std::printf("models   %s…\n", model.substr(0, 60).c_str());
  return 0;
} catch (const api::Error& error) {
  std::fprintf(stderr, "error %d: %s\n", error.code(), error.what());
  return 1;
}

// Prints the countries of one article. usage: main TARGET
#include <iostream>
#include <rubricator/rubricator.hpp>

int main(int argc, char** argv) {
  if (argc != 2) return 64;
  try {
    const rubricator_api::Client client(argv[1]);
    rubricator_api::Article article;
    article.body = "The presidents of Kazakhstan and China signed a treaty on border security in Astana.";
    for (const auto& region : client.Classify(article).regions()) std::cout << region.code << ' ';
    std::cout << '\n';
  } catch (const rubricator_api::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}

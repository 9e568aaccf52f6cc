#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "classifier/status_macros.h"
#include "trainer/archive_flags.h"
#include "trainer/article_writer.h"
#include "trainer/commands.h"
#include "trainer/training_input.h"

namespace rubricator {
namespace {

struct ImportFlags {
  std::vector<std::filesystem::path> files;
  std::filesystem::path out, bad_lines;
  ArchiveFlags archive;
};

void PrintCounts(size_t articles, size_t labelled, const std::map<std::string, size_t>& counts) {
  std::printf("%zu articles, %zu of them labelled\n", articles, labelled);
  std::vector<std::pair<std::string, size_t>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  for (const auto& [label, count] : sorted) std::printf("%8zu %s\n", count, label.c_str());
}

absl::Status Import(const ImportFlags& flags) {
  ASSIGN_OR_RETURN(const ArchiveOptions options, ResolveArchiveFlags(flags.archive));
  ASSIGN_OR_RETURN(ArticleWriter writer, ArticleWriter::Begin(flags.out));
  std::vector<BadLine> bad_lines;
  std::map<std::string, size_t> counts;
  size_t articles = 0;
  size_t labelled = 0;
  absl::Status written;
  const auto write = [&](const LabelledArticle& article) {
    ++articles;
    labelled += article.is_labelled ? 1 : 0;
    for (const std::string& topic : article.topics) ++counts[topic];
    written.Update(writer.Write(article));
  };
  for (const std::filesystem::path& file : flags.files) {
    RETURN_IF_ERROR(ReadArchive(file, options, write,
                                [&](BadLine line) { bad_lines.push_back(std::move(line)); }));
    RETURN_IF_ERROR(written);
  }
  RETURN_IF_ERROR(writer.Finish());
  PrintCounts(articles, labelled, counts);
  return ListBadLines(bad_lines, flags.bad_lines.empty()
                                     ? std::filesystem::path(flags.out.string() + ".bad-lines.tsv")
                                     : flags.bad_lines);
}

}  // namespace

Command AddImport(CLI::App& app) {
  CLI::App* import =
      app.add_subcommand("import", "Convert archives to JSON Lines and count their labels");
  const auto flags = std::make_shared<ImportFlags>();
  import->add_option("files", flags->files, "JSON Lines, CSV, TSV or WordPress exports, also .gz")
      ->required();
  import->add_option("--out", flags->out, "File to write (.jsonl)")->required();
  import->add_option("--bad-lines", flags->bad_lines,
                     "Where to list what could not be read; default: OUT.bad-lines.tsv");
  AddArchiveFlags(*import, flags->archive);
  return {import, [flags] { return Import(*flags); }};
}

}  // namespace rubricator

#include "trainer/tuning.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "classifier/status_macros.h"
#include "trainer/atomic_file.h"
#include "trainer/fingerprint.h"

namespace rubricator {
namespace {

using Json = nlohmann::ordered_json;

// By hand: each standard library draws its distributions in a way of its own.
double Uniform(std::mt19937_64& random) { return static_cast<double>(random() >> 11) * 0x1.0p-53; }

double LogUniform(std::mt19937_64& random, double lowest, double highest) {
  const double value = std::exp(std::log(lowest) + Uniform(random) * std::log(highest / lowest));
  const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1.0);
  return std::round(value / unit) * unit;  // two digits are enough to type
}

std::string FingerprintOf(const TopicCorpus& corpus, const std::vector<TopicLabel>& labels,
                          const TopicTrainingOptions& base, uint64_t seed) {
  Fingerprint fingerprint;
  fingerprint.Add(corpus.Fingerprint());
  for (const TopicLabel& label : labels) fingerprint.Add(label.id);
  fingerprint.Add(DrawTrial(base, seed, 0).Flags());
  fingerprint.Add(static_cast<uint64_t>(base.folds));
  fingerprint.Add(base.linear.seed);
  fingerprint.Add(seed);
  return absl::StrCat(absl::Hex(fingerprint.value(), absl::kZeroPad16));
}

Json ToJson(const Trial& trial) {
  return {{"epochs", trial.epochs},
          {"rate", trial.rate},
          {"l2", trial.l2},
          {"subword_scale", trial.subword_scale},
          {"max_rows", trial.max_rows},
          {"macro_f1", trial.macro_f1},
          {"micro_f1", trial.micro_f1},
          {"calibration_error", trial.calibration_error}};
}

absl::StatusOr<std::vector<Trial>> ReadState(const std::filesystem::path& path,
                                             const std::string& fingerprint) {
  std::vector<Trial> trials;
  if (!std::filesystem::exists(path)) return trials;
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  const Json json = Json::parse(text.str(), nullptr, false);
  if (!json.is_object() || !json.contains("fingerprint") || !json.contains("trials")) {
    return absl::DataLossError(absl::StrCat(path.string(), ": is no file of finished trials"));
  }
  if (json["fingerprint"] != fingerprint) {
    return absl::FailedPreconditionError(absl::StrCat(
        path.string(),
        ": holds trials on other articles or options; name another file by --state, or remove it"));
  }
  try {
    for (const Json& item : json["trials"]) {
      trials.push_back({item.at("epochs"), item.at("rate"), item.at("l2"), item.at("subword_scale"),
                        item.at("max_rows"), item.at("macro_f1"), item.at("micro_f1"),
                        item.at("calibration_error")});
    }
  } catch (const Json::exception&) {
    return absl::DataLossError(absl::StrCat(path.string(), ": holds a trial that cannot be read"));
  }
  return trials;
}

absl::Status WriteState(const std::filesystem::path& path, const std::string& fingerprint,
                        const std::vector<Trial>& trials) {
  Json json = {{"fingerprint", fingerprint}, {"trials", Json::array()}};
  for (const Trial& trial : trials) json["trials"].push_back(ToJson(trial));
  return WriteFileAtomically(path, json.dump(1) + "\n");
}

}  // namespace

std::string Trial::Flags() const {
  return absl::StrFormat("--epochs %d --rate %g --l2 %g --subword-scale %g --max-rows %d", epochs,
                         rate, l2, subword_scale, max_rows);
}

Trial DrawTrial(const TopicTrainingOptions& base, uint64_t seed, int number) {
  if (number == 0) {
    return {base.linear.epochs, base.linear.learning_rate, base.linear.l2,
            base.linear.subword_scale, base.max_rows};
  }
  std::mt19937_64 random(seed * 0x9E3779B97F4A7C15u + static_cast<uint64_t>(number));
  Trial trial;
  trial.epochs = 5 + static_cast<int>(Uniform(random) * 21.0);
  trial.rate = LogUniform(random, 0.3, 4.0);
  trial.l2 = LogUniform(random, 3e-6, 2e-4);
  trial.subword_scale = std::round((0.2 + Uniform(random) * 0.8) * 20.0) / 20.0;
  trial.max_rows = static_cast<size_t>(LogUniform(random, 50e3, 500e3));
  return trial;
}

absl::StatusOr<std::vector<Trial>> Tune(const TopicCorpus& corpus,
                                        const std::vector<TopicLabel>& labels,
                                        const TopicTrainingOptions& base,
                                        const TuningOptions& options,
                                        const std::function<void(int, const Trial&)>& tried) {
  const std::string fingerprint = FingerprintOf(corpus, labels, base, options.seed);
  ASSIGN_OR_RETURN(std::vector<Trial> trials, ReadState(options.state, fingerprint));
  for (int number = 0; number < options.trials; ++number) {
    const auto place = static_cast<size_t>(number);
    if (place == trials.size()) {
      Trial trial = DrawTrial(base, options.seed, number);
      TopicTrainingOptions topics = base;
      topics.linear.epochs = trial.epochs;
      topics.linear.learning_rate = trial.rate;
      topics.linear.l2 = trial.l2;
      topics.linear.subword_scale = trial.subword_scale;
      topics.max_rows = trial.max_rows;
      topics.work_folder = options.state.string() + ".work";
      ASSIGN_OR_RETURN(const TrainedTopics trained, CrossValidateTopics(corpus, labels, topics));
      trial.macro_f1 = trained.cross_validated.MacroF1();
      trial.micro_f1 = trained.cross_validated.MicroF1();
      trial.calibration_error = trained.cross_validated.CalibrationError();
      trials.push_back(trial);
      RETURN_IF_ERROR(WriteState(options.state, fingerprint, trials));
    }
    tried(number, trials[place]);
  }
  return trials;
}

}  // namespace rubricator

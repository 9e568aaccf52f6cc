// A line on the terminal that says how far a long step is, and how long it will take.
#ifndef RUBRICATOR_TRAINER_PROGRESS_BAR_H_
#define RUBRICATOR_TRAINER_PROGRESS_BAR_H_

#include <chrono>
#include <string>

namespace rubricator {

// Draws on stderr: a bar where that is a terminal, else one line when the step begins and one when
// it ends. Not for several threads at once.
class ProgressBar {
 public:
  explicit ProgressBar(std::string step);
  ~ProgressBar();  // ends the line

  // `done` in [0, 1].
  void Update(double done);

 private:
  std::string step_;
  bool is_terminal_;
  int last_drawn_ = -1;  // percent
  std::chrono::steady_clock::time_point begin_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_PROGRESS_BAR_H_

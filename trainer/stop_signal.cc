#include "trainer/stop_signal.h"

#include <csignal>

namespace rubricator {
namespace {

// A signal handler can reach nothing but a global.
volatile std::sig_atomic_t is_stop_requested = 0;

void RequestStop(int signal) {
  is_stop_requested = 1;
  std::signal(signal, SIG_DFL);
}

}  // namespace

void CatchStopSignals() {
  std::signal(SIGINT, RequestStop);
  std::signal(SIGTERM, RequestStop);
  std::signal(SIGXFSZ, SIG_IGN);
}

bool IsStopRequested() { return is_stop_requested != 0; }

}  // namespace rubricator

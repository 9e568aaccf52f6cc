// Ctrl+C as a wish to stop at the next good place.
#ifndef RUBRICATOR_TRAINER_STOP_SIGNAL_H_
#define RUBRICATOR_TRAINER_STOP_SIGNAL_H_

namespace rubricator {

// From now on the first SIGINT or SIGTERM only makes IsStopRequested() true; the next one ends the
// process. A write beyond the file size limit fails instead of ending the process.
void CatchStopSignals();

bool IsStopRequested();

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_STOP_SIGNAL_H_

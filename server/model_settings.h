// Which models the settings let the server switch between.
#ifndef RUBRICATOR_SERVER_MODEL_SETTINGS_H_
#define RUBRICATOR_SERVER_MODEL_SETTINGS_H_

#include "server/config.pb.h"
#include "server/json_log.h"
#include "service/model_switch.h"

namespace rubricator {

// Each attempt to switch is told in `log` (borrowed): "model_activated" or "model_refused".
ModelSwitchOptions ReadModelSettings(const server::Config& config, JsonLog& log);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_MODEL_SETTINGS_H_

// The files of trainer/report/, as CMake embeds them.
#ifndef RUBRICATOR_TRAINER_REPORT_ASSETS_H_
#define RUBRICATOR_TRAINER_REPORT_ASSETS_H_

namespace rubricator {

extern const char kReportPage[];
extern const char kReportStyle[];
extern const char kReportScript[];
extern const char kCharts[];
extern const char kChartsStyle[];

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_REPORT_ASSETS_H_

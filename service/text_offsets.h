// Evidence offsets in the caller's units.
#ifndef RUBRICATOR_SERVICE_TEXT_OFFSETS_H_
#define RUBRICATOR_SERVICE_TEXT_OFFSETS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "rubricator/v1/analysis.pb.h"

namespace rubricator {

// The same places in units of `encoding` (UNSPECIFIED: bytes). `offsets`: ascending byte offsets
// into `text` (UTF-8), at most text.size(), each at the start of a code point. One pass over
// `text`. Bytes that are not UTF-8 are counted so that the answer ascends too.
std::vector<uint32_t> ConvertOffsets(std::string_view text, const std::vector<uint32_t>& offsets,
                                     v1::OffsetEncoding encoding);

// Converts begin and end of all evidence in `analysis` from bytes into `title` and `body` to units
// of `encoding`.
void ConvertEvidenceOffsets(std::string_view title, std::string_view body,
                            v1::OffsetEncoding encoding, v1::Analysis& analysis);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_TEXT_OFFSETS_H_

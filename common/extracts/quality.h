// What an agency knows to be wrong with its own records, as a table that every agency has.
#pragma once

#include "common/extracts/table.h"

namespace puente::extracts {

// "record-quality": references to other agencies' records, by what they were found to be.
Tables RecordQuality();

}  // namespace puente::extracts

// puente.labor.v1.VocabularyReleaseService.
#pragma once

#include "common/calls/host.h"

namespace puente::labor {

void ServeVocabularyReleases(calls::Host& host);

}  // namespace puente::labor
